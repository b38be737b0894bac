package main

import (
	"context"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// fault is one error that Kubernetes found.
type fault struct {
	Field   string `json:"field"`
	Reason  string `json:"reason"`
	Message string `json:"message"`
}

func faults(list field.ErrorList) []fault {
	result := make([]fault, 0, len(list))
	for _, each := range list {
		result = append(result, fault{each.Field, string(each.Type), each.ErrorBody()})
	}
	return result
}

// checkDefinition says whether a definition would be accepted, in place of an old one where there
// is one, and what its rules cost.
func (s *server) checkDefinition(asked *request) (answer, error) {
	found, err := s.definitions.find(asked.CRD)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	strategy := customresourcedefinition.NewStrategy(s.definitions.scheme)
	crd := found.internal.DeepCopy()
	var list field.ErrorList
	if len(asked.Old) == 0 {
		strategy.PrepareForCreate(ctx, crd)
		list = strategy.Validate(ctx, crd)
	} else {
		stored, err := s.definitions.find(asked.Old)
		if err != nil {
			return nil, err
		}
		old := stored.internal.DeepCopy()
		strategy.PrepareForCreate(ctx, old)
		if old.ResourceVersion == "" {
			old.ResourceVersion = "1"
		}
		crd.ResourceVersion, crd.Generation = old.ResourceVersion, old.Generation
		strategy.PrepareForUpdate(ctx, crd, old)
		list = strategy.ValidateUpdate(ctx, crd, old)
	}
	versions, err := found.costs()
	if err != nil {
		return nil, err
	}
	unknown := found.unknown
	if unknown == nil {
		unknown = []string{}
	}
	return answer{
		"errors":   faults(list),
		"unknown":  unknown,
		"versions": versions,
		"limits": map[string]uint64{
			"expression": validation.StaticEstimatedCostLimit,
			"version":    validation.StaticEstimatedCRDCostLimit,
		},
	}, nil
}
