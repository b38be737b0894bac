package main

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// Policy is what of a policy concerns the hash.
type Policy struct {
	Default   string   `json:"default"`
	Immutable Words    `json:"immutable"`
	Mutable   []string `json:"mutable"`
}

// Words are the words of paths; paths in a list have `until-accepted`.
type Words map[string]string

func (w *Words) UnmarshalJSON(text []byte) error {
	var paths []string
	if json.Unmarshal(text, &paths) != nil {
		return json.Unmarshal(text, (*map[string]string)(w))
	}
	*w = Words{}
	for _, path := range paths {
		(*w)[path] = "until-accepted"
	}
	return nil
}

// Step is a name, or one of the marks of every item and every value.
type Step struct{ name, each string }

// Field is what is compared as a whole.
type Field struct {
	path []Step
	word string
	but  []string
}

type said struct {
	path []Step
	word string
}

var (
	plain = regexp.MustCompile(`^[A-Za-z_$][A-Za-z0-9_$-]*$`)
	step  = regexp.MustCompile(`^\.?([A-Za-z_$][A-Za-z0-9_$-]*)|^(\[\]|\{\})|^\[("(?:[^"\\]|\\.)*")\]`)
)

func parse(path string) (steps []Step) {
	for path != "" {
		match := step.FindStringSubmatch(path)
		name := match[1]
		if match[3] != "" {
			_ = json.Unmarshal([]byte(match[3]), &name)
		}
		steps, path = append(steps, Step{name, match[2]}), path[len(match[0]):]
	}
	return steps
}

func (f Field) name() string {
	text := ""
	for _, step := range f.path {
		switch {
		case step.each != "":
			text += step.each
		case !plain.MatchString(step.name):
			text += "[" + quote(step.name) + "]"
		case text == "":
			text = step.name
		default:
			text += "." + step.name
		}
	}
	if len(f.but) == 0 {
		return text
	}
	quoted := make([]string, len(f.but))
	for at, name := range f.but {
		quoted[at] = quote(name)
	}
	return text + " but " + strings.Join(quoted, ",")
}

// fields are those that are hashed, by name; whether one of `set-once` has a value is not asked.
func (p Policy) fields(s *Schema) []Field {
	every := []said{}
	for path, word := range p.Immutable {
		every = append(every, said{parse(path), word})
	}
	for _, path := range p.Mutable {
		every = append(every, said{parse(path), ""})
	}
	isSpec := func(one said) bool { return len(one.path) == 1 && one.path[0].name == "spec" }
	if p.Default == "immutable" && !slices.ContainsFunc(every, isSpec) {
		every = append(every, said{parse("spec"), "until-accepted"})
	}
	found := slices.DeleteFunc(cut(nil, s, "", every), func(f Field) bool {
		return f.word == "append-only" || f.path[0].name == "metadata"
	})
	slices.SortFunc(found, func(a, b Field) int { return strings.Compare(a.name(), b.name()) })
	return found
}

func cut(path []Step, s *Schema, word string, below []said) (found []Field) {
	if len(below) == 0 {
		if word != "" {
			found = append(found, Field{path, word, nil})
		}
		return found
	}
	steps := map[Step][]said{}
	names, each := map[string]bool{}, false
	if s == nil {
		s = none
	}
	for name := range s.Properties {
		names[name] = true
		if word != "" {
			steps[Step{name: name}] = nil
		}
	}
	for _, one := range below {
		first := one.path[0]
		steps[first] = append(steps[first], said{one.path[1:], one.word})
		if each = each || first.each != ""; first.each == "" {
			names[first.name] = true
		}
	}
	for first, rest := range steps {
		own := word
		var further []said
		for _, one := range rest {
			if len(one.path) == 0 {
				own = one.word
			} else {
				further = append(further, one)
			}
		}
		found = append(found, cut(append(slices.Clone(path), first), down(s, first), own, further)...)
	}
	open := s.Preserve || s.Additional != nil || (s.Type == "" && !s.IntOrText)
	if word != "" && open && !each {
		found = append(found, Field{path, word, sortedKeys(names)})
	}
	return found
}

func down(s *Schema, to Step) *Schema {
	switch to.each {
	case "[]":
		return s.item()
	case "{}":
		if s == nil || s.Additional == nil {
			return nil
		}
		return s.Additional.Schema
	}
	below, _ := s.field(to.name)
	return below
}

// follow writes what an object holds at a path; false where it has no value.
func follow(value any, path []Step, s *Schema, but []string) (string, bool) {
	if s == nil {
		s = none
	}
	fields, isObject := value.(map[string]any)
	if len(path) == 0 {
		if len(but) == 0 || !isObject {
			return write(value, s), true
		}
		left := map[string]any{}
		for name, inner := range fields {
			if !slices.Contains(but, name) {
				left[name] = inner
			}
		}
		return write(left, s), len(left) > 0
	}
	here, rest := path[0], path[1:]
	switch {
	case here.each == "[]":
		return followItems(value, rest, s, but)
	case here.each == "{}":
		found := map[string]string{}
		for name, inner := range fields {
			below, _ := s.field(name)
			if text, there := follow(inner, rest, below, but); there {
				found[name] = text
			}
		}
		return object(found), len(found) > 0
	}
	inner, there := fields[here.name]
	below, _ := s.field(here.name)
	if _, listed := s.Properties[here.name]; !there || inner == nil && listed {
		return "", false
	}
	return follow(inner, rest, below, but)
}

func followItems(value any, rest []Step, s *Schema, but []string) (string, bool) {
	items, _ := value.([]any)
	texts, any := []string{}, false
	for _, item := range items {
		text, there := follow(item, rest, s.Items, but)
		any = any || there
		switch {
		case there && s.ListType == "map":
			texts = append(texts, list(keysOf(item, s), text))
		case there && s.ListType == "set":
			texts = append(texts, text)
		case there:
			texts = append(texts, list(text))
		case s.ListType != "map" && s.ListType != "set":
			texts = append(texts, list())
		}
	}
	switch s.ListType {
	case "map":
		slices.Sort(texts)
	case "set":
		return set(texts), any
	}
	return list(texts...), any
}
