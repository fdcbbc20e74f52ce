package syntax

import "strings"

// attachDocs gives each declaration, member, field and enum value the comment right above it. Comments are no
// part of the grammar; once the tree is there, a comment's place says whose it is.
func attachDocs(file *File, tokens []Token) {
	docs := docsOf(tokens)
	if len(docs) == 0 {
		return
	}
	for i := range tokens {
		if tokens[i].Kind != Comment && tokens[i].Kind != Invalid {
			if tokens[i].is("domain") {
				file.Doc = docs[tokens[i].Span.Start]
			}
			break
		}
	}
	for _, d := range file.Decls {
		attachDecl(d, docs)
	}
}

// docsOf is the text of each comment that stands alone right above a token, by the token's offset.
func docsOf(tokens []Token) map[int]string {
	docs := make(map[int]string)
	for i := 0; i < len(tokens); i++ {
		start := i
		for i < len(tokens) && tokens[i].Kind == Comment {
			i++
		}
		if i == start || i == len(tokens) {
			continue
		}
		if text, ok := docText(tokens[start:i], tokens[i].Line); ok {
			docs[tokens[i].Span.Start] = text
		}
	}
	return docs
}

// docText joins the comments that end on the line before; a blank line cuts off what is above it, and what
// follows code on its line belongs to that.
func docText(comments []Token, line int) (string, bool) {
	from := len(comments)
	for from > 0 && comments[from-1].First && comments[from-1].Line == line-(len(comments)-from)-1 {
		from--
	}
	if from == len(comments) {
		return "", false
	}
	lines := make([]string, 0, len(comments)-from)
	for _, c := range comments[from:] {
		text := strings.TrimPrefix(strings.TrimPrefix(c.Text, "//"), " ")
		lines = append(lines, strings.TrimRight(text, " \t\r"))
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n"), true
}

func attachDecl(d Decl, docs map[int]string) {
	doc := docs[d.Where().Start]
	switch d := d.(type) {
	case *Import:
		d.Doc = doc
	case *Type:
		d.Doc = doc
		attachFields(d.Fields, docs)
	case *TypeUpcast:
		d.Doc = doc
	case *Enum:
		d.Doc = doc
		for _, v := range d.Values {
			v.Doc = docs[v.Name.Span.Start]
		}
	case *Handler:
		d.Doc = doc
	case *Aggregate:
		d.Doc = doc
		for _, m := range d.Members {
			attachMember(m, docs)
		}
	}
}

func attachMember(m Member, docs map[int]string) {
	doc := docs[m.Where().Start]
	switch m := m.(type) {
	case *State:
		m.Doc = doc
		attachFields(m.Fields, docs)
	case *Event:
		m.Doc = doc
		attachFields(m.Fields, docs)
	case *Upcast:
		m.Doc = doc
	case *Apply:
		m.Doc = doc
	case *ErrorDecl:
		m.Doc = doc
		attachFields(m.Params, docs)
	case *Action:
		m.Doc = doc
		attachFields(m.Params, docs)
	case *Derive:
		m.Doc = doc
	case *Invariant:
		m.Doc = doc
	case *Snapshot:
		m.Doc = doc
	case *Test:
		m.Doc = doc
	}
}

func attachFields(fields []*Field, docs map[int]string) {
	for _, f := range fields {
		f.Doc = docs[f.Name.Span.Start]
	}
}
