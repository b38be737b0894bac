package main

import (
	"strings"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// The validation of policies and bindings is in k8s.io/kubernetes and cannot be imported, so the
// part of it that can hit a generated policy is written down here. What compiles and what does not
// is asked of the real compiler elsewhere.

var (
	reasons = sets.New(
		metav1.StatusReasonUnauthorized, metav1.StatusReasonForbidden,
		metav1.StatusReasonInvalid, metav1.StatusReasonRequestEntityTooLarge,
	)
	actions    = sets.New(admissionv1.Deny, admissionv1.Warn, admissionv1.Audit)
	operations = sets.New(
		admissionv1.OperationAll, admissionv1.Create, admissionv1.Update,
		admissionv1.Delete, admissionv1.Connect,
	)
)

func checkName(name string, path *field.Path) (found field.ErrorList) {
	for _, message := range validation.IsDNS1123Subdomain(name) {
		found = append(found, field.Invalid(path, name, message))
	}
	return found
}

func checkPolicy(policy *admissionv1.ValidatingAdmissionPolicy) field.ErrorList {
	spec, path := policy.Spec, field.NewPath("spec")
	found := checkName(policy.Name, field.NewPath("metadata", "name"))
	if len(spec.Validations) == 0 && len(spec.AuditAnnotations) == 0 {
		found = append(found, field.Required(path.Child("validations"), "validations or auditAnnotations must be given"))
	}
	if spec.ParamKind != nil {
		found = append(found, field.Invalid(path.Child("paramKind"), spec.ParamKind, "this program has no params"))
	}
	found = append(found, checkNames(spec, path)...)
	for i, each := range spec.Validations {
		found = append(found, checkValidation(each, path.Child("validations").Index(i))...)
	}
	if spec.MatchConstraints == nil {
		return append(found, field.Required(path.Child("matchConstraints"), ""))
	}
	rules := path.Child("matchConstraints", "resourceRules")
	if len(spec.MatchConstraints.ResourceRules) == 0 {
		found = append(found, field.Required(rules, ""))
	}
	for i, each := range spec.MatchConstraints.ResourceRules {
		found = append(found, checkRule(each, rules.Index(i))...)
	}
	return found
}

func checkNames(spec admissionv1.ValidatingAdmissionPolicySpec, path *field.Path) (found field.ErrorList) {
	seen := sets.New[string]()
	for i, each := range spec.Variables {
		at := path.Child("variables").Index(i)
		for _, message := range validation.IsCIdentifier(each.Name) {
			found = append(found, field.Invalid(at.Child("name"), each.Name, message))
		}
		if seen.Has(each.Name) {
			found = append(found, field.Duplicate(at.Child("name"), each.Name))
		}
		seen.Insert(each.Name)
		found = append(found, checkExpression(each.Expression, at)...)
	}
	seen = sets.New[string]()
	if len(spec.MatchConditions) > 64 {
		found = append(found, field.TooMany(path.Child("matchConditions"), len(spec.MatchConditions), 64))
	}
	for i, each := range spec.MatchConditions {
		at := path.Child("matchConditions").Index(i)
		for _, message := range validation.IsQualifiedName(each.Name) {
			found = append(found, field.Invalid(at.Child("name"), each.Name, message))
		}
		if seen.Has(each.Name) {
			found = append(found, field.Duplicate(at.Child("name"), each.Name))
		}
		seen.Insert(each.Name)
		found = append(found, checkExpression(each.Expression, at)...)
	}
	return found
}

func checkExpression(expression string, path *field.Path) field.ErrorList {
	if strings.TrimSpace(expression) == "" {
		return field.ErrorList{field.Required(path.Child("expression"), "")}
	}
	return nil
}

func checkValidation(each admissionv1.Validation, path *field.Path) field.ErrorList {
	found := checkExpression(each.Expression, path)
	message := strings.TrimSpace(each.Message)
	switch {
	case each.Message != "" && message == "":
		found = append(found, field.Invalid(path.Child("message"), each.Message, "must be non-empty if specified"))
	case strings.ContainsAny(message, "\n\r"):
		found = append(found, field.Invalid(path.Child("message"), each.Message, "must not contain line breaks"))
	case message == "" && strings.ContainsAny(strings.TrimSpace(each.Expression), "\n\r"):
		found = append(found, field.Required(path.Child("message"), "must be given if expression contains line breaks"))
	}
	if each.MessageExpression != "" && strings.TrimSpace(each.MessageExpression) == "" {
		found = append(found, field.Invalid(path.Child("messageExpression"), each.MessageExpression, "must be non-empty if specified"))
	}
	if each.Reason != nil && !reasons.Has(*each.Reason) {
		found = append(found, field.NotSupported(path.Child("reason"), *each.Reason, sets.List(reasons)))
	}
	return found
}

func checkRule(each admissionv1.NamedRuleWithOperations, path *field.Path) (found field.ErrorList) {
	for name, list := range map[string][]string{
		"apiGroups": each.APIGroups, "apiVersions": each.APIVersions, "resources": each.Resources,
	} {
		if len(list) == 0 {
			found = append(found, field.Required(path.Child(name), ""))
		}
		if len(list) > 1 && sets.New(list...).Has("*") {
			found = append(found, field.Invalid(path.Child(name), list, "if '*' is present, it must be alone"))
		}
	}
	if len(each.Operations) == 0 {
		found = append(found, field.Required(path.Child("operations"), ""))
	}
	for _, operation := range each.Operations {
		if !operations.Has(operation) {
			found = append(found, field.NotSupported(path.Child("operations"), operation, sets.List(operations)))
		}
	}
	return found
}

func checkBinding(binding *admissionv1.ValidatingAdmissionPolicyBinding) field.ErrorList {
	path := field.NewPath("spec")
	found := checkName(binding.Name, field.NewPath("metadata", "name"))
	if binding.Spec.PolicyName == "" {
		found = append(found, field.Required(path.Child("policyName"), ""))
	}
	path = path.Child("validationActions")
	if len(binding.Spec.ValidationActions) == 0 {
		found = append(found, field.Required(path, ""))
	}
	seen := sets.New[admissionv1.ValidationAction]()
	for i, action := range binding.Spec.ValidationActions {
		if !actions.Has(action) {
			found = append(found, field.NotSupported(path.Index(i), action, sets.List(actions)))
		}
		if seen.Has(action) {
			found = append(found, field.Duplicate(path.Index(i), action))
		}
		seen.Insert(action)
	}
	if seen.HasAll(admissionv1.Deny, admissionv1.Warn) {
		found = append(found, field.Invalid(path, binding.Spec.ValidationActions, "must not contain both Deny and Warn"))
	}
	return found
}
