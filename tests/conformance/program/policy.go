package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions"
	"k8s.io/apiserver/pkg/cel/environment"
)

// policy is a ValidatingAdmissionPolicy with its binding, compiled.
type policy struct {
	policy    *admissionv1.ValidatingAdmissionPolicy
	binding   *admissionv1.ValidatingAdmissionPolicyBinding
	evaluator validating.Validator
	errors    []string
	types     []string
}

// readPolicy decodes, defaults, validates and compiles.
func readPolicy(rawPolicy, rawBinding json.RawMessage) (*policy, error) {
	p := &policy{
		policy:  &admissionv1.ValidatingAdmissionPolicy{},
		binding: &admissionv1.ValidatingAdmissionPolicyBinding{},
		errors:  []string{},
		types:   []string{},
	}
	if err := strictly(rawPolicy, p.policy); err != nil {
		return nil, fmt.Errorf("policy: %w", err)
	}
	if err := strictly(rawBinding, p.binding); err != nil {
		return nil, fmt.Errorf("binding: %w", err)
	}
	p.setDefaults()
	for _, each := range checkPolicy(p.policy) {
		p.errors = append(p.errors, "policy: "+each.Error())
	}
	for _, each := range checkBinding(p.binding) {
		p.errors = append(p.errors, "binding: "+each.Error())
	}
	if p.binding.Spec.PolicyName != p.policy.Name {
		p.errors = append(p.errors, fmt.Sprintf("binding: binds %q, not %q", p.binding.Spec.PolicyName, p.policy.Name))
	}
	return p, p.compile()
}

func strictly(raw json.RawMessage, into any) error {
	if len(raw) == 0 {
		return fmt.Errorf("is missing")
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// setDefaults follows pkg/apis/admissionregistration/v1/defaults.go, which is in k8s.io/kubernetes
// and cannot be imported.
func (p *policy) setDefaults() {
	if p.policy.Spec.FailurePolicy == nil {
		fail := admissionv1.Fail
		p.policy.Spec.FailurePolicy = &fail
	}
	for _, match := range []*admissionv1.MatchResources{p.policy.Spec.MatchConstraints, p.binding.Spec.MatchResources} {
		if match == nil {
			continue
		}
		if match.MatchPolicy == nil {
			equivalent := admissionv1.Equivalent
			match.MatchPolicy = &equivalent
		}
		if match.NamespaceSelector == nil {
			match.NamespaceSelector = &metav1.LabelSelector{}
		}
		if match.ObjectSelector == nil {
			match.ObjectSelector = &metav1.LabelSelector{}
		}
		for _, rules := range [][]admissionv1.NamedRuleWithOperations{match.ResourceRules, match.ExcludeResourceRules} {
			for i := range rules {
				if rules[i].Scope == nil {
					all := admissionv1.AllScopes
					rules[i].Scope = &all
				}
			}
		}
	}
}

// compile follows compilePolicy of the plugin. Errors in expressions are kept: like Kubernetes, the
// evaluation tells of them again where it meets them.
func (p *policy) compile() error {
	spec := p.policy.Spec
	environments := environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion())
	compiler, err := cel.NewCompositedCompiler(environments)
	if err != nil {
		return err
	}
	// Messages must not ask the authorizer.
	plain := cel.OptionalVariableDeclarations{HasParams: spec.ParamKind != nil}
	full := cel.OptionalVariableDeclarations{HasParams: spec.ParamKind != nil, HasAuthorizer: true}
	for i := range spec.Variables {
		variable := &validating.Variable{Name: spec.Variables[i].Name, Expression: spec.Variables[i].Expression}
		result := compiler.CompileAndStoreVariable(variable, full, environment.StoredExpressions)
		if result.Error != nil {
			p.errors = append(p.errors, fmt.Sprintf("policy: spec.variables[%d]: %v", i, result.Error))
		}
	}
	condition := func(where string, list []cel.ExpressionAccessor, options cel.OptionalVariableDeclarations) cel.ConditionEvaluator {
		for i, each := range list {
			if each == nil {
				continue
			}
			result := compiler.CompileCELExpression(each, options, environment.NewExpressions)
			if result.Error != nil {
				p.errors = append(p.errors, fmt.Sprintf("policy: spec."+where+": %v", i, result.Error))
			}
		}
		return compiler.CompileCondition(list, options, environment.StoredExpressions)
	}
	var matcher matchconditions.Matcher
	if conditions := matchConditions(spec); len(conditions) > 0 {
		matcher = matchconditions.NewMatcher(
			condition("matchConditions[%d]", conditions, full), spec.FailurePolicy, "policy", "validate", p.policy.Name,
		)
	}
	p.evaluator = validating.NewValidator(
		condition("validations[%d].expression", validations(spec), full),
		matcher,
		condition("auditAnnotations[%d]", auditAnnotations(spec), full),
		condition("validations[%d].messageExpression", messageExpressions(spec), plain),
		spec.FailurePolicy,
		nil,
	)
	return nil
}

func matchConditions(spec admissionv1.ValidatingAdmissionPolicySpec) []cel.ExpressionAccessor {
	result := make([]cel.ExpressionAccessor, len(spec.MatchConditions))
	for i := range spec.MatchConditions {
		result[i] = (*matchconditions.MatchCondition)(&spec.MatchConditions[i])
	}
	return result
}

func validations(spec admissionv1.ValidatingAdmissionPolicySpec) []cel.ExpressionAccessor {
	result := make([]cel.ExpressionAccessor, len(spec.Validations))
	for i, each := range spec.Validations {
		result[i] = &validating.ValidationCondition{
			Expression: each.Expression, Message: each.Message, Reason: each.Reason,
		}
	}
	return result
}

// messageExpressions has nil where a validation has none, since they are found by their index.
func messageExpressions(spec admissionv1.ValidatingAdmissionPolicySpec) []cel.ExpressionAccessor {
	result := make([]cel.ExpressionAccessor, len(spec.Validations))
	for i, each := range spec.Validations {
		if each.MessageExpression != "" {
			result[i] = &validating.MessageExpressionCondition{MessageExpression: each.MessageExpression}
		}
	}
	return result
}

func auditAnnotations(spec admissionv1.ValidatingAdmissionPolicySpec) []cel.ExpressionAccessor {
	result := make([]cel.ExpressionAccessor, len(spec.AuditAnnotations))
	for i, each := range spec.AuditAnnotations {
		result[i] = &validating.AuditAnnotationCondition{Key: each.Key, ValueExpression: each.ValueExpression}
	}
	return result
}
