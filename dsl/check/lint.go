package check

// lint looks for what is allowed and probably not meant.
func (c *checker) lint() {}
