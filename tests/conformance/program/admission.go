package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/policy/generic"
	"k8s.io/apiserver/pkg/admission/plugin/policy/matching"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	authuser "k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/warning"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
)

type user struct {
	Username string   `json:"username"`
	Groups   []string `json:"groups"`
}

// admit sends a request past a policy with the dispatcher of Kubernetes, after what the API server
// does before: decoding, defaulting, preparing and validating.
func (s *server) admit(asked *request) (answer, error) {
	found, err := s.definitions.find(asked.CRD)
	if err != nil {
		return nil, err
	}
	served, err := found.resource(asked.Version)
	if err != nil {
		return nil, err
	}
	compiled, err := found.policy(served, asked)
	if err != nil {
		return nil, err
	}
	attributes, refused, err := served.attributes(asked)
	if err != nil {
		return nil, err
	}
	wrong := append([]string{}, compiled.errors...)
	result := answer{"allowed": false, "denied": []string{}, "warnings": []string{}, "types": compiled.types, "reason": ""}
	if refused != nil {
		result["errors"] = append(wrong, "the request is invalid: "+refused.Error())
		return result, nil
	}
	namespaces, err := namespacesOf(asked.Namespace, attributes.GetNamespace())
	if err != nil {
		return nil, err
	}
	verdict := compiled.dispatch(attributes, served, namespaces)
	result["allowed"] = verdict.refusal == nil
	result["denied"] = verdict.denied
	result["warnings"] = append([]string{}, verdict.warnings...)
	result["errors"] = append(wrong, verdict.errors...)
	if verdict.refusal != nil {
		result["reason"] = causeOf(verdict.refusal)
	}
	return result, nil
}

// policy compiles at first use for a version of the definition.
func (d *definition) policy(served *resource, asked *request) (*policy, error) {
	key := sha256.Sum256(append(append([]byte{}, asked.Policy...), asked.Binding...))
	if made, ok := served.policies[key]; ok {
		return made, nil
	}
	made, err := readPolicy(asked.Policy, asked.Binding)
	if err != nil {
		return nil, err
	}
	made.types = typeWarnings(d, served, made.policy)
	served.policies[key] = made
	return made, nil
}

// attributes are what admission sees of a request; refused is why it would not get that far.
func (r *resource) attributes(asked *request) (attributes admission.Attributes, refused error, err error) {
	var object, old *unstructured.Unstructured
	operation := admission.Operation(asked.Operation)
	switch operation {
	case admission.Create:
		object, refused = r.created(asked)
	case admission.Update:
		if old, err = r.stored(asked.Old); err != nil {
			return nil, nil, err
		}
		object, refused = r.updated(asked)
	case admission.Delete:
		if old, err = r.stored(asked.Old); err != nil {
			return nil, nil, err
		}
	default:
		return nil, nil, fmt.Errorf("operation %q is none of CREATE, UPDATE and DELETE", operation)
	}
	if object == nil && refused != nil {
		return nil, nil, refused
	}
	named := object
	// A nil pointer in an interface would not be nil to the code that asks.
	var after, before runtime.Object
	if object != nil {
		after = object
	}
	if old != nil {
		before, named = old, old
	}
	who := &authuser.DefaultInfo{Name: asked.User.Username, Groups: asked.User.Groups}
	return admission.NewAttributesRecord(
		after, before, r.kind, named.GetNamespace(), named.GetName(), r.plural, asked.Subresource,
		operation, nil, false, who,
	), refused, nil
}

type verdict struct {
	refusal  error
	denied   []string
	warnings []string
	errors   []string
}

// AddWarning makes a verdict the recorder of the warnings that a client would get.
func (v *verdict) AddWarning(_, text string) {
	v.warnings = append(v.warnings, text)
}

// listener hears the decisions, of which the dispatcher tells the client only the first.
type listener struct {
	validating.Validator
	heard []validating.PolicyDecision
}

func (l *listener) Validate(
	ctx context.Context, resource schema.GroupVersionResource, attributes *admission.VersionedAttributes,
	params runtime.Object, namespace *corev1.Namespace, budget int64, authz authorizer.UnconditionalAuthorizer,
) validating.ValidateResult {
	result := l.Validator.Validate(ctx, resource, attributes, params, namespace, budget, authz)
	l.heard = append(l.heard, result.Decisions...)
	return result
}

func (p *policy) dispatch(attributes admission.Attributes, served *resource, namespaces corelisters.NamespaceLister) *verdict {
	result := &verdict{denied: []string{}}
	ears := &listener{Validator: p.evaluator}
	equivalents := runtime.NewEquivalentResourceRegistry()
	equivalents.RegisterKindFor(served.plural, "", served.kind)
	if served.status != nil {
		equivalents.RegisterKindFor(served.plural, "status", served.kind)
	}
	dispatcher := validating.NewDispatcher(nobody{}, generic.NewPolicyMatcher(matching.NewMatcher(namespaces, nil)))
	result.refusal = dispatcher.Dispatch(
		warning.WithWarningRecorder(context.Background(), result),
		attributes,
		&admission.RuntimeObjectInterfaces{EquivalentResourceMapper: equivalents},
		[]validating.PolicyHook{{
			Policy:    p.policy,
			Bindings:  []*validating.PolicyBinding{p.binding},
			Evaluator: ears,
		}},
	)
	for _, each := range ears.heard {
		if each.Evaluation == validating.EvalError {
			result.errors = append(result.errors, each.Message)
		}
		if each.Action == validating.ActionDeny && p.denies() {
			result.denied = append(result.denied, each.Message)
		}
	}
	if result.refusal != nil && len(result.denied) == 0 {
		result.denied = append(result.denied, result.refusal.Error())
	}
	return result
}

func (p *policy) denies() bool {
	for _, action := range p.binding.Spec.ValidationActions {
		if action == admissionv1.Deny {
			return true
		}
	}
	return false
}

// nobody answers expressions that ask the authorizer: no user may do anything.
type nobody struct{}

func (nobody) Authorize(context.Context, authorizer.Attributes) (authorizer.Decision, string, error) {
	return authorizer.DecisionNoOpinion, "", nil
}

// namespacesOf has the namespace of the request, with labels where some are given.
func namespacesOf(raw json.RawMessage, name string) (corelisters.NamespaceLister, error) {
	namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}}
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, namespace); err != nil {
			return nil, fmt.Errorf("namespace: %w", err)
		}
		namespace.Name = name
	}
	store := cache.NewIndexer(cache.MetaNamespaceKeyFunc, cache.Indexers{})
	if name != "" {
		if err := store.Add(namespace); err != nil {
			return nil, err
		}
	}
	return corelisters.NewNamespaceLister(store), nil
}
