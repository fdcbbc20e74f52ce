package source

// syntaxCodes are the codes FLV0001 to FLV0099: what is wrong before a file means anything.
var syntaxCodes = []CodeInfo{
	{Code: "FLV0001", Severity: Error, Title: "something else was expected here"},
}
