package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

func newReader(text []byte) io.Reader { return bytes.NewReader(text) }

func write(value any, s *Schema) string {
	if s == nil {
		s = none
	}
	switch v := value.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(v)
	case json.Number:
		return number(v.String(), s.Type == "number")
	case string:
		return scalar(v, s)
	case []any:
		return array(v, s)
	case map[string]any:
		found := map[string]string{}
		for key, inner := range v {
			if _, listed := s.Properties[key]; inner != nil || !listed {
				below, _ := s.field(key)
				found[key] = write(inner, below)
			}
		}
		return object(found)
	}
	panic(fmt.Sprintf("no value of JSON: %v", value))
}

func object(fields map[string]string) string {
	parts := []string{}
	for _, key := range sortedKeys(fields) {
		parts = append(parts, quote(key)+":"+fields[key])
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func list(items ...string) string { return "[" + strings.Join(items, ",") + "]" }

func array(items []any, s *Schema) string {
	if s.ListType == "map" {
		keyed := Schema{}
		if s.Items != nil {
			keyed = *s.Items
		}
		keyed.Properties = map[string]*Schema{}
		for name, below := range s.item().Properties {
			keyed.Properties[name] = below
		}
		for _, key := range s.ListKeys {
			keyed.Properties[key] = none
		}
		type pair struct{ keys, text string }
		pairs := make([]pair, len(items))
		for at, item := range items {
			pairs[at] = pair{keysOf(item, s), write(item, &keyed)}
		}
		slices.SortFunc(pairs, func(a, b pair) int { return strings.Compare(a.keys, b.keys) })
		texts := make([]string, len(pairs))
		for at, one := range pairs {
			texts[at] = one.text
		}
		return list(texts...)
	}
	texts := make([]string, len(items))
	for at, item := range items {
		texts[at] = write(item, s.Items)
	}
	if s.ListType == "set" {
		return set(texts)
	}
	return list(texts...)
}

func keysOf(item any, s *Schema) string {
	fields, _ := item.(map[string]any)
	keys := make([]string, len(s.ListKeys))
	for at, key := range s.ListKeys {
		keys[at] = write(fields[key], none)
	}
	return list(keys...)
}

func set(texts []string) string {
	length := len(texts)
	slices.Sort(texts)
	texts = slices.Compact(texts)
	for len(texts) < length {
		texts = append(texts, texts[len(texts)-1])
	}
	return list(texts...)
}

func scalar(v string, s *Schema) string {
	if s.Type != "string" {
		return quote(v)
	}
	switch s.Format {
	case "date-time":
		if at, err := time.Parse(time.RFC3339Nano, v); err == nil {
			return fmt.Sprintf(`"%d.%09d"`, at.Unix(), at.Nanosecond())
		}
	case "duration":
		if long, err := time.ParseDuration(v); err == nil {
			return strconv.FormatInt(int64(long), 10)
		}
		if long, found := words(v); found {
			return strconv.FormatInt(long, 10)
		}
	case "byte":
		if data, err := base64.StdEncoding.DecodeString(v); err == nil && v != "" {
			return quote(base64.StdEncoding.EncodeToString(data))
		}
	}
	return quote(v)
}

var pair = regexp.MustCompile(`([0-9]+)\s*([A-Za-zµ]+)`)

func words(v string) (total int64, found bool) {
	for _, match := range pair.FindAllStringSubmatch(v, -1) {
		count, err := strconv.ParseInt(match[1], 10, 64)
		if err != nil {
			return 0, false
		}
		if unit := unitOf(strings.ToLower(match[2])); unit != 0 {
			total, found = total+count*int64(unit), true
		}
	}
	return total, found
}

func unitOf(word string) time.Duration {
	day := 24 * time.Hour
	short := map[string]time.Duration{
		"ns": 1, "us": time.Microsecond, "µs": time.Microsecond, "ms": time.Millisecond,
		"s": time.Second, "m": time.Minute, "h": time.Hour, "hr": time.Hour, "d": day,
		"w": 7 * day, "wk": 7 * day,
	}
	if unit, ok := short[word]; ok {
		return unit
	}
	for beginning, unit := range map[string]time.Duration{
		"nano": 1, "micro": time.Microsecond, "milli": time.Millisecond, "sec": time.Second,
		"min": time.Minute, "hour": time.Hour, "day": day, "week": 7 * day,
	} {
		if strings.HasPrefix(word, beginning) {
			return unit
		}
	}
	return 0
}

func number(v string, double bool) string {
	if whole, err := strconv.ParseInt(v, 10, 64); err == nil && !double {
		return strconv.FormatInt(whole, 10)
	}
	nearest, _ := strconv.ParseFloat(v, 64)
	if nearest == math.Trunc(nearest) && -0x1p63 <= nearest && nearest < 0x1p63 {
		return strconv.FormatInt(int64(nearest), 10)
	}
	text, _ := json.Marshal(nearest) // as ECMAScript does
	return string(text)
}

func quote(v string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range v {
		if at := strings.IndexRune("\"\\\b\t\n\f\r", r); at >= 0 {
			out.WriteString(`\` + string(`"\btnfr`[at]))
		} else if r < ' ' {
			fmt.Fprintf(&out, `\u%04x`, r)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String() + `"`
}
