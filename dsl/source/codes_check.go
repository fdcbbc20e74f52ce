package source

// checkCodes are the codes FLV0100 and up: what only the meaning of a file shows to be wrong.
var checkCodes = []CodeInfo{}
