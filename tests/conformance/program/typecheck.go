package main

import (
	"fmt"
	"strings"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apiextensions-apiserver/pkg/controller/openapi/builder"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/cel/openapi/resolver"
	"k8s.io/kube-openapi/pkg/validation/spec"
)

// published resolves the schemas that the API server publishes for a definition, after
// ClientDiscoveryResolver of Kubernetes.
type published struct {
	definition *definition
}

func (p published) ResolveSchema(kind schema.GroupVersionKind) (*spec.Schema, error) {
	document, err := builder.BuildOpenAPIV3(p.definition.v1, kind.Version, builder.Options{})
	if err != nil {
		return nil, err
	}
	for name, each := range document.Components.Schemas {
		var kinds []schema.GroupVersionKind
		if err := each.Extensions.GetObject("x-kubernetes-group-version-kind", &kinds); err != nil {
			return nil, err
		}
		for _, of := range kinds {
			if of == kind {
				return resolver.PopulateRefs(func(ref string) (*spec.Schema, bool) {
					found, ok := document.Components.Schemas[strings.TrimPrefix(ref, "#/components/schemas/")]
					return found, ok
				}, name)
			}
		}
	}
	return nil, fmt.Errorf("%v: %w", kind, resolver.ErrSchemaNotFound)
}

// typeWarnings are those that Kubernetes writes into status.typeChecking of a policy.
func typeWarnings(found *definition, served *resource, policy *admissionv1.ValidatingAdmissionPolicy) []string {
	mapper := meta.NewDefaultRESTMapper(nil)
	scope := meta.RESTScopeRoot
	if served.namespaced {
		scope = meta.RESTScopeNamespace
	}
	singular := served.plural.GroupVersion().WithResource(strings.ToLower(served.kind.Kind))
	mapper.AddSpecific(served.kind, served.plural, singular, scope)
	checker := &validating.TypeChecker{SchemaResolver: published{found}, RestMapper: mapper}
	result := []string{}
	for _, each := range checker.Check(policy) {
		result = append(result, each.FieldRef+": "+each.Warning)
	}
	return result
}
