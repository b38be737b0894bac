// Package markers is the beginning of a Go type, above which tests put generated markers.
// +groupName=example.org
package markers

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// Knot is what markers stand above.
// MARKERS
type Knot struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`

	Spec KnotSpec `json:"spec,omitempty"`
}

// KnotSpec is what is tied.
type KnotSpec struct {
	Size int32 `json:"size,omitempty"`
}
