package main

import "encoding/json"

// Schema is what of a structural schema matters here.
type Schema struct {
	Type       string             `json:"type"`
	Format     string             `json:"format"`
	Nullable   bool               `json:"nullable"`
	Default    any                `json:"default"`
	Properties map[string]*Schema `json:"properties"`
	Additional *Additional        `json:"additionalProperties"`
	Items      *Schema            `json:"items"`
	ListType   string             `json:"x-kubernetes-list-type"`
	ListKeys   []string           `json:"x-kubernetes-list-map-keys"`
	Preserve   bool               `json:"x-kubernetes-preserve-unknown-fields"`
	Embedded   bool               `json:"x-kubernetes-embedded-resource"`
	IntOrText  bool               `json:"x-kubernetes-int-or-string"`
}

// Additional is the schema of a map's values, or `true`.
type Additional struct {
	*Schema
	any bool
}

func (a *Additional) UnmarshalJSON(text []byte) error {
	if string(text) == "true" || string(text) == "false" {
		a.any = string(text) == "true"
		return nil
	}
	a.Schema = new(Schema)
	return unmarshal(text, a.Schema)
}

func (s *Schema) UnmarshalJSON(text []byte) error {
	type plain Schema
	return unmarshal(text, (*plain)(s))
}

var (
	none     = &Schema{}
	text     = &Schema{Type: "string"}
	texts    = &Schema{Type: "object", Additional: &Additional{Schema: text}}
	metadata = &Schema{
		Type:       "object",
		Preserve:   true,
		Properties: map[string]*Schema{"labels": texts, "annotations": texts},
	}
	embedded = map[string]*Schema{"apiVersion": text, "kind": text, "metadata": metadata}
)

// field is the schema of a field, nil where none is known; covered says whether it may be there.
func (s *Schema) field(name string) (schema *Schema, covered bool) {
	if s == nil {
		return nil, false
	}
	if found, listed := s.Properties[name]; listed {
		return found, true
	}
	if found, listed := embedded[name]; listed && s.Embedded {
		return found, true
	}
	if s.Additional != nil {
		return s.Additional.Schema, s.Additional.Schema != nil || s.Additional.any
	}
	return nil, s.Preserve
}

func (s *Schema) item() *Schema {
	if s == nil {
		return nil
	}
	return s.Items
}

func (s *Schema) forbidsNull() bool {
	return s != nil && !s.Nullable
}

func dropNulls(value any, s *Schema) any {
	switch v := value.(type) {
	case map[string]any:
		found := map[string]any{}
		for key, inner := range v {
			below, _ := s.field(key)
			if inner != nil || !below.forbidsNull() || below.Default != nil {
				found[key] = dropNulls(inner, below)
			}
		}
		return found
	case []any:
		found := make([]any, len(v))
		for at, inner := range v {
			found[at] = dropNulls(inner, s.item())
		}
		return found
	}
	return value
}

func fill(value any, s *Schema) any {
	switch v := value.(type) {
	case map[string]any:
		found := map[string]any{}
		for key, inner := range v {
			below, _ := s.field(key)
			found[key] = filled(inner, below)
		}
		if s == nil {
			return found
		}
		for key, below := range s.Properties {
			if _, there := found[key]; !there && below.Default != nil {
				found[key] = fill(below.Default, below)
			}
		}
		return found
	case []any:
		found := make([]any, len(v))
		for at, inner := range v {
			found[at] = filled(inner, s.item())
		}
		return found
	}
	return value
}

func filled(value any, s *Schema) any {
	if value == nil && s.forbidsNull() {
		value = s.Default
	}
	return fill(value, s)
}

func prune(value any, s *Schema, keeps bool) any {
	keeps = keeps || s.Preserve
	switch v := value.(type) {
	case map[string]any:
		found := map[string]any{}
		for key, inner := range v {
			below, covered := s.field(key)
			switch {
			case below != nil:
				found[key] = prune(inner, below, false)
			case covered && !s.Preserve: // additionalProperties: true
				found[key] = prune(inner, none, false)
			case keeps:
				found[key] = inner
			}
		}
		return found
	case []any:
		if s.Items == nil && keeps {
			return v
		}
		below := s.Items
		if below == nil {
			below = none
		}
		found := make([]any, len(v))
		for at, inner := range v {
			found[at] = prune(inner, below, keeps)
		}
		return found
	}
	return value
}

func unmarshal(text []byte, into any) error {
	decoder := json.NewDecoder(newReader(text))
	decoder.UseNumber()
	return decoder.Decode(into)
}
