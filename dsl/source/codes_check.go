package source

import "slices"

// checkCodes are the codes FLV0100 to FLV0199 and the warnings FLV0300 to FLV0349: what is wrong, or probably not
// meant, in declarations and in what they say of each other. What is wrong in an expression is in exprCodes.
var checkCodes = slices.Concat(nameCodes, typeCodes, aggregateCodes, eventCodes, foldCodes, actionCodes, testCodes, handlerCodes, lintCodes)
