package editors

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

const vimSyntax = "../../editors/vim/syntax/fluv.vim"

// vim runs a script in Vim with the files of editors/vim, in an empty folder of its own.
func vim(t *testing.T, script string) {
	t.Helper()
	program, err := exec.LookPath("vim")
	if err != nil {
		require.Empty(t, os.Getenv("CI"), "there is no vim here, and CI skips nothing: see .ci/run")
		t.Skip("SKIPPED: there is no vim here, so what editors/vim says was not tried; install vim")
	}
	runtime, err := filepath.Abs("../../editors/vim")
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "script.vim")
	require.NoError(t, os.WriteFile(path, []byte(script+"\nqall!\n"), 0o644))
	cmd := exec.Command(program, "-es", "-N", "-u", "NONE", "-i", "NONE", "-n",
		"--cmd", "set encoding=utf-8 runtimepath^="+runtime, "--cmd", "filetype plugin on", "--cmd", "syntax on", "-S", path)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// TestVimSeesWhatTheLexerSees asks Vim for the groups of the first byte of each token. The corners of
// dsl/syntax/testdata, which nobody would write, are TextMate's alone.
func TestVimSeesWhatTheLexerSees(t *testing.T) {
	if testing.Short() {
		t.Skip("asks Vim for every token; make unit runs it")
	}
	paths := slices.DeleteFunc(domains(t), func(path string) bool { return strings.Contains(path, "dsl/syntax") })
	result := filepath.Join(t.TempDir(), "groups.json")
	var script strings.Builder
	files := make([]*source.File, len(paths))
	script.WriteString("let g:all = []\n")
	for i, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		files[i] = source.NewFile(path, string(text))
		absolute, err := filepath.Abs(path)
		require.NoError(t, err)
		fmt.Fprintf(&script, "edit %s\nlet g:groups = []\nfor [g:l, g:c] in [", absolute)
		for _, token := range syntax.Tokens(files[i]) {
			at := token.Span.Position()
			fmt.Fprintf(&script, "[%d,%d],", at.Line, at.Column)
		}
		script.WriteString("]\ncall add(g:groups, map(synstack(g:l, g:c), 'synIDattr(v:val, \"name\")'))\nendfor\ncall add(g:all, g:groups)\n")
	}
	fmt.Fprintf(&script, "call writefile([json_encode(g:all)], '%s')", result)
	vim(t, script.String())

	out, err := os.ReadFile(result)
	require.NoError(t, err)
	var groups [][][]string
	require.NoError(t, json.Unmarshal(out, &groups))
	for i, file := range files {
		tree, list := syntax.Parse(file)
		require.Empty(t, list)
		r := rolesOf(tree)
		for k, token := range syntax.Tokens(file) {
			want := vimGroups(token, r)
			found := slices.ContainsFunc(groups[i][k], func(group string) bool { return slices.Contains(want, group) })
			if len(want) > 0 {
				assert.True(t, found, "%s: `%s` should be one of %v, and is %v", token.Span, token.Text, want, groups[i][k])
			}
		}
	}
}

var vimKeywords = strings.Fields("fluvDeclare fluvDeclareWord fluvKeyword fluvGoWord fluvAs fluvAggregateAs fluvWas fluvValueWas fluvOn fluvOption " +
	"fluvState fluvEventWord fluvUpcastWord fluvNothing fluvByHand fluvApplyWord fluvSpread fluvRemove fluvClause fluvStatement " +
	"fluvDeriveWord fluvInvariant fluvSnapshot fluvTestHead fluvGiven fluvGivenWord fluvWhen fluvThen fluvThenWord fluvThenError fluvConditional fluvWordOperator fluvConstant")

func vimGroups(token syntax.Token, r roles) []string {
	at := token.Span.Start
	switch token.Kind {
	case syntax.Comment:
		return []string{"fluvComment"}
	case syntax.String, syntax.RawString:
		return []string{"fluvString", "fluvValueText", "fluvWireText", "fluvTestName"}
	case syntax.Int, syntax.Float, syntax.Duration, syntax.Time:
		return []string{"fluvNumber", "fluvDuration", "fluvTime", "fluvVersion", "fluvOption"}
	case syntax.Word:
		switch {
		case r.isType(at):
			return []string{"fluvType", "fluvBuiltin", "fluvModule"}
		case !r.names[at]:
			return vimKeywords
		}
		return []string{"fluvName", "fluvKnown", "fluvType", "fluvFunction", "fluvLabel", "fluvMember", "fluvField", "fluvDerived",
			"fluvKey", "fluvWasName", "fluvClauseKeys", "fluvHandlerKeys", "fluvEnumValue", "fluvModule", "fluvModuleName",
			"fluvDefault", "fluvFailure"}
	}
	return nil
}

// TestVimFindsWhatCheckPrints gives Vim what fluvgen check prints, as :make does.
func TestVimFindsWhatCheckPrints(t *testing.T) {
	dir := t.TempDir()
	printed, result := filepath.Join(dir, "printed"), filepath.Join(dir, "problems.json")
	require.NoError(t, os.WriteFile(printed, []byte(checked(t, "domains/bank.fluv")), 0o644))
	vim(t, fmt.Sprintf(`edit bank.fluv
cgetfile %s
let g:all = filter(getqflist(), 'v:val.valid')
call map(g:all, '[bufname(v:val.bufnr), v:val.lnum . "", v:val.col . "", v:val.type, printf("FLV%%04d", v:val.nr)]')
call writefile([json_encode(g:all)], '%s')`, printed, result))

	out, err := os.ReadFile(result)
	require.NoError(t, err)
	var found [][]string
	require.NoError(t, json.Unmarshal(out, &found))
	kinds := map[string]string{"w": "warning", "W": "warning", "E": ""}
	var got []problem
	for _, f := range found {
		got = append(got, problem{f[0], f[1], f[2], kinds[f[3]], f[4]})
	}
	assert.Equal(t, problems(), got)
}

// TestVimLaysOut has a buffer laid out on :write by a program that stands for fluvgen, and left alone by one that fails.
func TestVimLaysOut(t *testing.T) {
	dir := t.TempDir()
	domain, program := filepath.Join(dir, "a.fluv"), filepath.Join(dir, "fluvgen")
	for body, want := range map[string]string{
		`[ "$1" = fmt ] && sed 's/^ *//;/gone/d'; echo noise >&2`: "one\ntwo\n",
		`echo half; exit 1`: "  one\n  gone\n  two\n",
	} {
		require.NoError(t, os.WriteFile(program, []byte("#!/bin/sh\n"+body+"\n"), 0o755))
		require.NoError(t, os.WriteFile(domain, []byte("  one\n  gone\n  two\n"), 0o644))
		vim(t, fmt.Sprintf("let g:fluvgen = '%s'\nlet g:fluv_fmt_on_save = 1\nedit %s\nset modified\nsilent write", program, domain))
		text, err := os.ReadFile(domain)
		require.NoError(t, err)
		assert.Equal(t, want, string(text), body)
	}
}
