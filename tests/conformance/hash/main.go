// Hash is a second implementation of the hash of immutable fields, written from
// docs/immutability-hash.md and nothing else. It reads test vectors, one a line, and writes for
// each what has to come out: the fields, the canonical text and its SHA-256.
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"slices"
)

// Vector is one line of the file of vectors.
type Vector struct {
	Name   string  `json:"name"`
	Policy Policy  `json:"policy"`
	Schema *Schema `json:"schema"`
	Object any     `json:"object"`
}

// Answer is what a vector has to give.
type Answer struct {
	Name      string   `json:"name"`
	Fields    []string `json:"fields"`
	Canonical string   `json:"canonical"`
	SHA256    string   `json:"sha256"`
}

func answer(v Vector) Answer {
	v.Schema.Embedded = true
	object := prune(fill(dropNulls(v.Object, v.Schema), v.Schema), v.Schema, false)
	text, names := "", []string{}
	for _, field := range v.Policy.fields(v.Schema) {
		value, there := follow(object, field.path, v.Schema, field.but)
		if field.word == "set-once" && !there {
			continue
		}
		names = append(names, field.name())
		if there {
			text += "," + list(quote(field.name()), value)
		}
	}
	if text != "" {
		text = text[1:]
	}
	text = "[" + text + "]"
	return Answer{v.Name, names, text, fmt.Sprintf("%x", sha256.Sum256([]byte(text)))}
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var vector Vector
		decoder := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		decoder.UseNumber() // integers beyond 2^53 are exact
		if err := decoder.Decode(&vector); err != nil {
			log.Fatal(err)
		}
		text, err := json.Marshal(answer(vector))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(string(text))
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
