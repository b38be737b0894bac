package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/install"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
)

// definitions are the CustomResourceDefinitions that were asked about, compiled at first use.
type definitions struct {
	scheme *runtime.Scheme
	codecs serializer.CodecFactory
	held   map[string]*definition
}

// definition is one CustomResourceDefinition with defaults, and what was compiled of it.
type definition struct {
	v1       *apiextensionsv1.CustomResourceDefinition
	internal *apiextensions.CustomResourceDefinition
	unknown  []string
	served   map[string]*resource
}

func newDefinitions() *definitions {
	scheme := runtime.NewScheme()
	install.Install(scheme)
	return &definitions{
		scheme: scheme,
		codecs: serializer.NewCodecFactory(scheme, serializer.EnableStrict),
		held:   map[string]*definition{},
	}
}

// hold keeps a definition under a key, by which later requests can name it instead of sending it.
func (d *definitions) hold(key string, raw json.RawMessage) error {
	if key == "" {
		return fmt.Errorf("hold needs a key")
	}
	if _, ok := d.held[key]; ok {
		return nil
	}
	read, err := d.read(raw)
	if err == nil {
		d.held[key] = read
	}
	return err
}

func (d *definitions) drop(key string) {
	delete(d.held, key)
}

// find takes the key of a definition that is held, or a whole definition.
func (d *definitions) find(raw json.RawMessage) (*definition, error) {
	if !bytes.HasPrefix(raw, []byte(`"`)) {
		return d.read(raw)
	}
	var key string
	if err := json.Unmarshal(raw, &key); err != nil {
		return nil, err
	}
	if held, ok := d.held[key]; ok {
		return held, nil
	}
	return nil, fmt.Errorf("no definition is held under %q", key)
}

// read does what the API server does with the body of a request: decode, default, convert.
func (d *definitions) read(raw json.RawMessage) (*definition, error) {
	if len(raw) == 0 {
		return nil, fmt.Errorf("crd is missing")
	}
	result := &definition{served: map[string]*resource{}}
	object, _, err := d.codecs.UniversalDeserializer().Decode(raw, nil, nil)
	if strict, ok := runtime.AsStrictDecodingError(err); ok {
		for _, each := range strict.Errors() {
			result.unknown = append(result.unknown, each.Error())
		}
		// The server only warns of these, so decode again without them.
		object, _, err = serializer.NewCodecFactory(d.scheme).UniversalDeserializer().Decode(raw, nil, nil)
	}
	if err != nil {
		return nil, fmt.Errorf("crd: %w", err)
	}
	crd, ok := object.(*apiextensionsv1.CustomResourceDefinition)
	if !ok {
		return nil, fmt.Errorf("crd: %T is no apiextensions.k8s.io/v1 CustomResourceDefinition", object)
	}
	d.scheme.Default(crd)
	crd.Status.AcceptedNames = crd.Spec.Names
	internal := &apiextensions.CustomResourceDefinition{}
	if err := d.scheme.Convert(crd, internal, nil); err != nil {
		return nil, fmt.Errorf("crd: %w", err)
	}
	result.v1, result.internal = crd, internal
	return result, nil
}

// version finds a version by name; no name means the stored one.
func (d *definition) version(name string) (*apiextensionsv1.CustomResourceDefinitionVersion, error) {
	for i := range d.v1.Spec.Versions {
		if each := &d.v1.Spec.Versions[i]; each.Name == name || (name == "" && each.Storage) {
			return each, nil
		}
	}
	return nil, fmt.Errorf("crd %s has no version %q", d.v1.Name, name)
}

func internalSchema(schema *apiextensionsv1.CustomResourceValidation) (*apiextensions.JSONSchemaProps, error) {
	if schema == nil {
		return nil, nil
	}
	internal := &apiextensions.CustomResourceValidation{}
	err := apiextensionsv1.Convert_v1_CustomResourceValidation_To_apiextensions_CustomResourceValidation(schema, internal, nil)
	return internal.OpenAPIV3Schema, err
}
