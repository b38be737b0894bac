package main

import (
	"math"
	"sort"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/environment"
)

// ruleCost is what one rule costs at most, as Kubernetes estimates it.
type ruleCost struct {
	Path string `json:"path"`
	Rule string `json:"rule"`
	// Cost is that of one evaluation times Cardinality; it is held against the limit.
	Cost uint64 `json:"cost"`
	// Once is the cost of one evaluation.
	Once        uint64 `json:"once"`
	Cardinality uint64 `json:"cardinality"`
	// MessageCost is that of the messageExpression; it has the same limit, and counts once.
	MessageCost uint64 `json:"messageCost"`
	UsesOldSelf bool   `json:"usesOldSelf"`
	Error       string `json:"error"`
}

type versionCosts struct {
	Name  string     `json:"name"`
	Total uint64     `json:"total"`
	Rules []ruleCost `json:"rules"`
}

// costs has the rules of every version. ValidateCustomResourceDefinition computes the same
// (getExpressionCost), but tells only of what exceeds a limit.
func (d *definition) costs() ([]versionCosts, error) {
	result := []versionCosts{}
	environments := environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion())
	for _, version := range d.v1.Spec.Versions {
		costs := versionCosts{Name: version.Name, Rules: []ruleCost{}}
		schema, err := internalSchema(version.Schema)
		if err != nil {
			return nil, err
		}
		if schema != nil {
			root := validation.RootCELContext(schema)
			w := &costWalk{environments, root.TotalCost, &costs.Rules}
			w.visit(schema, field.NewPath("openAPIV3Schema"), root)
			costs.Total = root.TotalCost.Total
		}
		result = append(result, costs)
	}
	return result, nil
}

type costWalk struct {
	environments *environment.EnvSet
	total        *validation.TotalCost
	rules        *[]ruleCost
}

func (w *costWalk) visit(schema *apiextensions.JSONSchemaProps, path *field.Path, at *validation.CELSchemaContext) {
	if schema == nil {
		return
	}
	if schema.AdditionalProperties != nil {
		values := schema.AdditionalProperties.Schema
		w.visit(values, path.Child("additionalProperties"), at.ChildAdditionalPropertiesContext(values))
	}
	names := make([]string, 0, len(schema.Properties))
	for name := range schema.Properties {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		property := schema.Properties[name]
		w.visit(&property, path.Child("properties").Key(name), at.ChildPropertyContext(&property, name))
	}
	if schema.Items != nil {
		items := schema.Items.Schema
		w.visit(items, path.Child("items"), at.ChildItemsContext(items))
	}
	if len(schema.XValidations) > 0 {
		w.compile(schema, path.Child("x-kubernetes-validations"), at)
	}
}

func (w *costWalk) compile(schema *apiextensions.JSONSchemaProps, path *field.Path, at *validation.CELSchemaContext) {
	info, err := at.TypeInfo()
	var compiled []cel.CompilationResult
	if err == nil && info != nil {
		compiled, err = cel.Compile(
			info.Schema, info.DeclType, celconfig.PerCallLimit, w.environments, cel.NewExpressionsEnvLoader(),
		)
	}
	for i, rule := range schema.XValidations {
		cost := ruleCost{Path: path.Index(i).Child("rule").String(), Rule: rule.Rule}
		if err != nil {
			cost.Error = err.Error()
		}
		if i < len(compiled) {
			w.measure(&cost, &compiled[i], at)
		}
		*w.rules = append(*w.rules, cost)
	}
}

func (w *costWalk) measure(cost *ruleCost, compiled *cel.CompilationResult, at *validation.CELSchemaContext) {
	cost.Cardinality = compiled.MaxCardinality
	if at.MaxCardinality != nil {
		cost.Cardinality = *at.MaxCardinality
	}
	cost.Once = compiled.MaxCost
	cost.Cost = times(cost.Once, cost.Cardinality)
	cost.MessageCost = compiled.MessageExpressionMaxCost
	cost.UsesOldSelf = compiled.UsesOldSelf
	switch {
	case compiled.Error != nil:
		cost.Error = compiled.Error.Detail
	case compiled.MessageExpressionError != nil:
		cost.Error = compiled.MessageExpressionError.Detail
	}
	w.total.ObserveExpressionCost(nil, cost.Cost)
	w.total.ObserveExpressionCost(nil, cost.MessageCost)
}

func times(a, b uint64) uint64 {
	if a != 0 && math.MaxUint64/a < b {
		return math.MaxUint64
	}
	return a * b
}
