package main

import (
	"crypto/sha256"
	"fmt"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apiextensions-apiserver/pkg/crdserverscheme"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/registry/rest"
)

// resource serves one version of a definition as the API server does.
type resource struct {
	kind       schema.GroupVersionKind
	plural     schema.GroupVersionResource
	namespaced bool
	preserve   bool
	structural *structuralschema.Structural
	create     rest.RESTCreateStrategy
	update     rest.RESTUpdateStrategy
	// status is nil where the version has no status subresource.
	status rest.RESTUpdateStrategy
	// policies are compiled for this version, by a hash of their text.
	policies map[[sha256.Size]byte]*policy
}

// resource compiles a version at first use, after getOrCreateServingInfoFor of Kubernetes.
func (d *definition) resource(name string) (*resource, error) {
	version, err := d.version(name)
	if err != nil {
		return nil, err
	}
	if made, ok := d.served[version.Name]; ok {
		return made, nil
	}
	made, err := d.serve(version)
	if err == nil {
		d.served[version.Name] = made
	}
	return made, err
}

func (d *definition) serve(version *apiextensionsv1.CustomResourceDefinitionVersion) (*resource, error) {
	props, err := internalSchema(version.Schema)
	if err != nil {
		return nil, err
	}
	if props == nil {
		return nil, fmt.Errorf("version %s of crd %s has no schema", version.Name, d.v1.Name)
	}
	structural, err := structuralschema.NewStructural(props)
	if err != nil {
		return nil, fmt.Errorf("the schema is not structural: %w", err)
	}
	structural = structural.DeepCopy()
	if err := defaulting.PruneDefaults(structural); err != nil {
		return nil, err
	}
	validator, _, err := validation.NewSchemaValidator(props)
	if err != nil {
		return nil, err
	}
	status, statusValidator, scale, err := subresources(version, props)
	if err != nil {
		return nil, err
	}
	group := schema.GroupVersion{Group: d.v1.Spec.Group, Version: version.Name}
	made := &resource{
		kind:       group.WithKind(d.v1.Spec.Names.Kind),
		plural:     group.WithResource(d.v1.Spec.Names.Plural),
		namespaced: d.v1.Spec.Scope == apiextensionsv1.NamespaceScoped,
		preserve:   d.v1.Spec.PreserveUnknownFields,
		structural: structural,
		policies:   map[[sha256.Size]byte]*policy{},
	}
	strategy := customresource.NewStrategy(
		crdserverscheme.NewUnstructuredObjectTyper(), made.namespaced, made.kind, validator,
		statusValidator, structural, status, scale, version.SelectableFields,
	)
	made.create, made.update = strategy, strategy
	if status != nil {
		made.status = customresource.NewStatusStrategy(strategy)
	}
	return made, nil
}

func subresources(
	version *apiextensionsv1.CustomResourceDefinitionVersion, props *apiextensions.JSONSchemaProps,
) (
	status *apiextensions.CustomResourceSubresourceStatus,
	validator validation.SchemaValidator,
	scale *apiextensions.CustomResourceSubresourceScale,
	err error,
) {
	if version.Subresources == nil {
		return nil, nil, nil, nil
	}
	if version.Subresources.Status != nil {
		status = &apiextensions.CustomResourceSubresourceStatus{}
		if of, ok := props.Properties["status"]; ok {
			validator, _, err = validation.NewSchemaValidator(&of)
		}
	}
	if from := version.Subresources.Scale; from != nil && err == nil {
		scale = &apiextensions.CustomResourceSubresourceScale{}
		err = apiextensionsv1.Convert_v1_CustomResourceSubresourceScale_To_apiextensions_CustomResourceSubresourceScale(from, scale, nil)
	}
	return status, validator, scale, err
}

// decode does to the body of a request what the API server does before anything else: unknown
// fields and nulls are pruned, metadata is brought into shape, defaults are set. It follows
// unstructuredSchemaCoercer and unstructuredDefaulter of Kubernetes.
func (r *resource) decode(object *unstructured.Unstructured) error {
	meta, found, err := objectmeta.GetObjectMeta(object.Object, false)
	if err != nil {
		return err
	}
	apiVersion, kind := object.GetAPIVersion(), object.GetKind()
	if !r.preserve {
		pruning.Prune(object.Object, r.structural, true)
		defaulting.PruneNonNullableNullsWithoutDefaults(object.Object, r.structural)
	}
	if err := objectmeta.Coerce(nil, object.Object, r.structural, false, false); err != nil {
		return err
	}
	object.SetAPIVersion(apiVersion)
	object.SetKind(kind)
	if found {
		if err := objectmeta.SetObjectMeta(object.Object, meta); err != nil {
			return err
		}
	}
	defaulting.Default(object.Object, r.structural)
	return nil
}
