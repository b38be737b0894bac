package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/uuid"
	apirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
)

const (
	name      = "example"
	namespace = "default"
	uid       = types.UID("00000000-0000-4000-8000-000000000000")
)

// object reads the body of a request and completes what every stored object has.
func (r *resource) object(raw json.RawMessage, old *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	content := map[string]any{}
	if err := utiljson.Unmarshal(raw, &content); err != nil {
		return nil, fmt.Errorf("not an object: %w", err)
	}
	if content == nil {
		return nil, errors.New("not an object: null")
	}
	object := &unstructured.Unstructured{Object: content}
	if object.GetAPIVersion() == "" {
		object.SetAPIVersion(r.kind.GroupVersion().String())
	}
	if object.GetKind() == "" {
		object.SetKind(r.kind.Kind)
	}
	like := old
	if like == nil {
		like = &unstructured.Unstructured{Object: map[string]any{}}
		like.SetName(name)
		if r.namespaced {
			like.SetNamespace(namespace)
		}
		like.SetUID(uid)
		like.SetResourceVersion("1")
		like.SetGeneration(1)
	}
	if object.GetName() == "" {
		object.SetName(like.GetName())
	}
	if object.GetNamespace() == "" && r.namespaced {
		object.SetNamespace(like.GetNamespace())
	}
	if object.GetUID() == "" {
		object.SetUID(like.GetUID())
	}
	if object.GetResourceVersion() == "" {
		object.SetResourceVersion(like.GetResourceVersion())
	}
	if object.GetGeneration() == 0 {
		object.SetGeneration(like.GetGeneration())
	}
	return object, nil
}

// write creates or updates a custom resource.
func (s *server) write(asked *request) (answer, error) {
	found, err := s.definitions.find(asked.CRD)
	if err != nil {
		return nil, err
	}
	served, err := found.resource(asked.Version)
	if err != nil {
		return nil, err
	}
	var after *unstructured.Unstructured
	if asked.Op == "create" {
		after, err = served.created(asked)
	} else {
		after, err = served.updated(asked)
	}
	if after == nil {
		return nil, err
	}
	return answer{
		"allowed":    err == nil,
		"errors":     causes(err),
		"generation": after.GetGeneration(),
		"object":     after.Object,
	}, nil
}

// created gives the object as it would be stored, with an error where it was refused; without an
// object the request itself was wrong.
func (r *resource) created(asked *request) (*unstructured.Unstructured, error) {
	object, err := r.object(asked.New, nil)
	if err != nil {
		return nil, fmt.Errorf("new: %w", err)
	}
	if err := r.decode(object); err != nil {
		return object, err
	}
	object.SetResourceVersion("")
	object.SetUID(uuid.NewUUID())
	object.SetCreationTimestamp(metav1.Now())
	return object, rest.BeforeCreate(r.create, inNamespace(object), object)
}

func (r *resource) updated(asked *request) (*unstructured.Unstructured, error) {
	strategy := r.update
	switch {
	case asked.Subresource == "status" && r.status == nil:
		return nil, errors.New("the version has no status subresource")
	case asked.Subresource == "status":
		strategy = r.status
	case asked.Subresource != "":
		return nil, fmt.Errorf("unknown subresource %q", asked.Subresource)
	}
	old, err := r.stored(asked.Old)
	if err != nil {
		return nil, err
	}
	object, err := r.object(asked.New, old)
	if err != nil {
		return nil, fmt.Errorf("new: %w", err)
	}
	if err := r.decode(object); err != nil {
		return object, err
	}
	return object, rest.BeforeUpdate(strategy, inNamespace(old), object, old)
}

// stored is an object as it is read from storage.
func (r *resource) stored(raw json.RawMessage) (*unstructured.Unstructured, error) {
	old, err := r.object(raw, nil)
	if err != nil {
		return nil, fmt.Errorf("old: %w", err)
	}
	if err := r.decode(old); err != nil {
		return nil, fmt.Errorf("old: %w", err)
	}
	return old, nil
}

func inNamespace(object *unstructured.Unstructured) context.Context {
	return apirequest.WithNamespace(context.Background(), object.GetNamespace())
}

// causes are the errors behind a refusal.
func causes(err error) []fault {
	if err == nil {
		return []fault{}
	}
	var status apierrors.APIStatus
	if !errors.As(err, &status) {
		return []fault{{Message: err.Error()}}
	}
	result := []fault{}
	if details := status.Status().Details; details != nil {
		for _, cause := range details.Causes {
			result = append(result, fault{cause.Field, string(cause.Type), cause.Message})
		}
	}
	if len(result) == 0 {
		result = append(result, fault{"", string(status.Status().Reason), status.Status().Message})
	}
	return result
}

// causeOf is the reason that a client would be told, such as Forbidden.
func causeOf(err error) string {
	return string(apierrors.ReasonForError(err))
}
