package check

func (c *checker) checkTypePins() {}
