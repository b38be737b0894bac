package main

type user struct {
	Username string   `json:"username"`
	Groups   []string `json:"groups"`
}
type policies struct{}

func newPolicies() *policies { return &policies{} }
func (s *server) admit(asked *request) (answer, error) {
	return nil, nil
}
