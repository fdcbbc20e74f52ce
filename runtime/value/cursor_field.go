package value

// At reads what must stand here, and answers c to read what follows.
func (c *Cursor) At(text string) *Cursor {
	c.Lit(text)
	return c
}

// TryField reads a field's name and the colon if they stand here, and a comma before them unless the field is the
// first. It is needed only where the fields before may all be left out.
func (c *Cursor) TryField(name string) bool {
	if c.i > 0 && c.s[c.i-1] == '{' { // no value ends so
		return c.Try(name)
	}
	n := c.i + 1 + len(name)
	if n > len(c.s) || c.s[c.i] != ',' || c.s[c.i+1:n] != name {
		return false
	}
	c.i = n
	return true
}

// AtField is TryField for a field that must stand here; it answers c to read what follows.
func (c *Cursor) AtField(name string) *Cursor {
	if !c.TryField(name) {
		c.Fail()
	}
	return c
}

// Present fails at null and answers c to read what follows. It stands where null means none, before what would read
// null as a value: raw JSON, and Go types.
func (c *Cursor) Present() *Cursor {
	if c.i < len(c.s) && c.s[c.i] == 'n' {
		c.Fail()
	}
	return c
}
