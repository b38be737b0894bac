// Command program asks the code of Kubernetes itself what it does with a custom resource, its
// definition and an admission policy. It reads one request a line from standard input, as JSON, and
// writes one answer a line to standard output, until the input ends.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
)

// request has the fields of all operations; which ones count depends on Op.
type request struct {
	ID          json.RawMessage `json:"id"`
	Op          string          `json:"op"`
	Key         string          `json:"key"`
	CRD         json.RawMessage `json:"crd"`
	Version     string          `json:"version"`
	Old         json.RawMessage `json:"old"`
	New         json.RawMessage `json:"new"`
	Subresource string          `json:"subresource"`
	Schema      json.RawMessage `json:"schema"`
	Rule        json.RawMessage `json:"rule"`
	A           json.RawMessage `json:"a"`
	B           json.RawMessage `json:"b"`
	Self        json.RawMessage `json:"self"`
	OldSelf     json.RawMessage `json:"oldSelf"`
	Policy      json.RawMessage `json:"policy"`
	Binding     json.RawMessage `json:"binding"`
	Operation   string          `json:"operation"`
	User        user            `json:"user"`
	Namespace   json.RawMessage `json:"namespace"`
}

type answer map[string]any

// server keeps what is compiled between requests.
type server struct {
	definitions *definitions
}

func main() {
	s := &server{definitions: newDefinitions()}
	if err := s.serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func (s *server) serve(in io.Reader, out io.Writer) error {
	lines := bufio.NewReaderSize(in, 1<<20)
	answers := bufio.NewWriter(out)
	encoder := json.NewEncoder(answers)
	encoder.SetEscapeHTML(false)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 1 {
			if err := encoder.Encode(s.answer(line)); err != nil {
				return err
			}
			if err := answers.Flush(); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// answer never fails: what goes wrong is told in the answer, panics in Kubernetes' code included.
func (s *server) answer(line []byte) (result answer) {
	var asked request
	defer func() {
		if trouble := recover(); trouble != nil {
			fmt.Fprintf(os.Stderr, "%v\n%s", trouble, debug.Stack())
			result = answer{"error": fmt.Sprintf("panic: %v", trouble)}
		}
		if len(asked.ID) > 0 {
			result["id"] = asked.ID
		}
	}()
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{"error": fmt.Sprintf("not a request: %v", err)}
	}
	result, err := s.operate(&asked)
	if err != nil {
		return answer{"error": err.Error()}
	}
	return result
}

func (s *server) operate(asked *request) (answer, error) {
	switch asked.Op {
	case "hold":
		return answer{}, s.definitions.hold(asked.Key, asked.CRD)
	case "drop":
		s.definitions.drop(asked.Key)
		return answer{}, nil
	case "crd":
		return s.checkDefinition(asked)
	case "create", "update":
		return s.write(asked)
	case "equal":
		return compare(asked)
	case "evaluate":
		return evaluate(asked)
	case "vap":
		return s.admit(asked)
	default:
		return nil, fmt.Errorf("unknown op %q", asked.Op)
	}
}
