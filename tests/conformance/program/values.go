package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/model"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/environment"
)

// differs is the message by which the rule's failure is told from one of its evaluation.
const differs = "the values differ"

// compare says whether Kubernetes takes two values of a schema for equal. They are compared as the
// field `value` of an object, so that an absent one can be asked about too.
func compare(asked *request) (answer, error) {
	parent, err := json.Marshal(map[string]any{
		"type":       "object",
		"properties": map[string]json.RawMessage{"value": asked.Schema},
	})
	if err != nil {
		return nil, err
	}
	rule := apiextensions.ValidationRule{Rule: "self == oldSelf", Message: differs}
	result, err := judge(parent, rule, wrap(asked.B), wrap(asked.A))
	if err != nil {
		return nil, err
	}
	if len(result.compile) > 0 {
		return nil, errors.New(result.compile)
	}
	for _, each := range result.errors {
		if each.Detail != differs {
			return nil, errors.New(each.ErrorBody())
		}
	}
	return answer{"equal": len(result.errors) == 0, "a": result.old, "b": result.new}, nil
}

func wrap(value json.RawMessage) json.RawMessage {
	if len(value) == 0 {
		return json.RawMessage(`{}`)
	}
	return json.RawMessage(fmt.Sprintf(`{"value":%s}`, value))
}

// evaluate tries one rule, given as text or as an object like those of x-kubernetes-validations,
// on a value of a schema.
func evaluate(asked *request) (answer, error) {
	var rule apiextensionsv1.ValidationRule
	if err := json.Unmarshal(asked.Rule, &rule.Rule); err != nil {
		if err := json.Unmarshal(asked.Rule, &rule); err != nil {
			return nil, fmt.Errorf("rule: %w", err)
		}
	}
	var internal apiextensions.ValidationRule
	if err := apiextensionsv1.Convert_v1_ValidationRule_To_apiextensions_ValidationRule(&rule, &internal, nil); err != nil {
		return nil, err
	}
	result, err := judge(asked.Schema, internal, asked.Self, asked.OldSelf)
	if err != nil {
		return nil, err
	}
	return answer{
		"holds":   len(result.compile) == 0 && len(result.errors) == 0,
		"errors":  faults(result.errors),
		"compile": result.compile,
		"cost":    result.cost,
		"spent":   result.spent,
		"self":    result.new,
		"oldSelf": result.old,
	}, nil
}

type judgement struct {
	compile  string
	errors   field.ErrorList
	cost     uint64
	spent    int64
	old, new any
}

// judge runs a rule at the top of a schema. Values are pruned and defaulted, not validated.
func judge(raw json.RawMessage, rule apiextensions.ValidationRule, self, oldSelf json.RawMessage) (judgement, error) {
	var result judgement
	structural, err := structuralOf(raw, rule)
	if err != nil {
		return result, err
	}
	declared := model.SchemaDeclType(structural, false)
	compiled, err := cel.Compile(
		structural, declared, celconfig.PerCallLimit,
		environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion()), cel.NewExpressionsEnvLoader(),
	)
	if err != nil {
		return result, err
	}
	last := compiled[len(compiled)-1]
	result.cost = last.MaxCost
	if last.Error != nil {
		result.compile = last.Error.Detail
		return result, nil
	}
	if result.new, err = valueOf(self, structural); err != nil {
		return result, err
	}
	if result.old, err = valueOf(oldSelf, structural); err != nil {
		return result, err
	}
	validator := cel.NewValidator(structural, false, celconfig.PerCallLimit)
	errs, left := validator.Validate(
		context.Background(), field.NewPath("self"), structural, result.new, result.old, math.MaxInt64,
	)
	result.errors, result.spent = errs, math.MaxInt64-left
	return result, nil
}

// structuralOf reads a schema and puts a rule at its top.
func structuralOf(raw json.RawMessage, rule apiextensions.ValidationRule) (*structuralschema.Structural, error) {
	var v1 apiextensionsv1.JSONSchemaProps
	if err := json.Unmarshal(raw, &v1); err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	props, err := internalSchema(&apiextensionsv1.CustomResourceValidation{OpenAPIV3Schema: &v1})
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	props.XValidations = append(props.XValidations, rule)
	structural, err := structuralschema.NewStructural(props)
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	return structural.DeepCopy(), nil
}

func valueOf(raw json.RawMessage, structural *structuralschema.Structural) (any, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	var value any
	if err := utiljson.Unmarshal(raw, &value); err != nil {
		return nil, fmt.Errorf("value: %w", err)
	}
	pruning.Prune(value, structural, false)
	defaulting.PruneNonNullableNullsWithoutDefaults(value, structural)
	defaulting.Default(value, structural)
	return value, nil
}
