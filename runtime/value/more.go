package value

// Or is err, unless something could not be computed before: then it is ErrOverflow, because what err was decided by
// may be wrong.
func (c *Calc) Or(err error) error {
	if c.failed {
		return c.Err()
	}
	return err
}
