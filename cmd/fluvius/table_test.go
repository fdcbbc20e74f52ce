package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime"
)

// events are some with long names, ids and payloads, and some with short ones.
func events() (page []runtime.Record) {
	for i, r := range []struct{ aggregate, id, key, data string }{
		{"user", "ada", "user-created", `{"name":"Ada","email":"ada@example.com"}`},
		{"order", "nxhvhivxd2m2ud5g6i5p25t34x", "order-placed", `{"customer":"ada","lines":[{"product":"notebook","quantity":2,"price":"4.50"}],"total":"9.00"}`},
		{"user", "ada", "user-email-corrected", `{"email":"ada@lovelace.dev"}`},
		{"warehouse-inventory", "depot/north", "inventory-recount-requested", `{"text":"Zählung – zweite Runde, mit einem Text, der länger ist als jede Zeile eines üblichen Fensters"}`},
		{"order", "nxhvhivxd2m2ud5g6i5p25t34x", "order-shipped", `{}`},
	} {
		page = append(page, runtime.Record{Header: runtime.Header{
			Domain: "shop", Aggregate: r.aggregate, AggregateID: r.id, Key: r.key, Version: 1, Sequence: uint64(i%3 + 1), Position: uint64(98 + i),
			Timestamp: time.Date(2026, 11, 25, 8, 30, i, 5_000_000, time.UTC),
		}, Data: r.data})
	}
	return page
}

// TestTables shows one page at many widths; 0 is no terminal.
func TestTables(t *testing.T) {
	for _, c := range []struct {
		name  string
		want  wanted
		width int
	}{
		{"all-0", wanted{}, 0}, {"all-80", wanted{}, 80}, {"all-100", wanted{}, 100}, {"all-140", wanted{}, 140}, {"all-240", wanted{}, 240},
		{"all-30", wanted{}, 30}, {"wide-80", wanted{wide: true}, 80},
		{"user-80", wanted{aggregate: "user"}, 80}, {"ada-80", wanted{aggregate: "user", id: "ada"}, 80}, {"ada-160", wanted{aggregate: "user", id: "ada"}, 160},
	} {
		t.Run(c.name, func(t *testing.T) {
			var page []runtime.Record
			for _, r := range events() {
				if c.want.has(&r.Header) {
					page = append(page, r)
				}
			}
			var out strings.Builder
			require.NoError(t, c.want.table(c.width).page(&out, page))
			golden(t, filepath.Join("testdata", "table", c.name+".txt"), out.String())
			if c.width > 0 && !c.want.wide {
				requireFits(t, out.String(), c.width)
			}
		})
	}
}

// TestATableBecomesCompactOnce: a later page may have what does not fit, and the heads are printed anew; so may one
// that would have fitted, and stays compact.
func TestATableBecomesCompactOnce(t *testing.T) {
	var out strings.Builder
	table := (&wanted{}).table(120)
	for _, page := range [][]runtime.Record{events()[:1], nil, events()[1:4], events()[2:3], events()[3:]} {
		require.NoError(t, table.page(&out, page))
	}
	requireFits(t, out.String(), 120)
	golden(t, filepath.Join("testdata", "table", "pages-120.txt"), out.String())
	require.Equal(t, 2, strings.Count(out.String(), "PAYLOAD"))
}

func requireFits(t *testing.T, table string, width int) {
	t.Helper()
	for line := range strings.Lines(table) {
		require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), width, "%q wraps", line)
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if os.Getenv("FLUV_UPDATE") == "1" {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func TestCutMiddle(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"short", 5, "short"}, {"longer", 5, "lo…er"}, {"longest", 6, "lon…st"}, {"äöüßé", 4, "äö…é"}, {"ab", 1, "…"},
	} {
		require.Equal(t, c.want, cutMiddle(c.text, c.width), fmt.Sprint(c))
	}
}
