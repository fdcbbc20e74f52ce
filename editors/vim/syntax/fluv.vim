" Vim syntax file
" Language: Fluvius domains (.fluv)
"
" Words of the language are names wherever a name may stand, so each is known by its place: a head (aggregate User,
" event user-created@2) is one match, and the block behind it has contents of its own. A head stands on one line, as
" `fluvgen fmt` writes it.

if exists('b:current_syntax')
  finish
endif
let s:cpo = &cpo
set cpo&vim

syn case match
syn iskeyword @,48-57,_
syn sync minlines=500

" ---- Expressions -------------------------------------------------------------------------------------------------

" A key is one word, in-progress is no `in`: where a word ends, no - and letter may follow.
syn match fluvName     "\<[a-z]\w*\%(-\w\+\)*"
syn match fluvKnown    "\<\%(state\|event\|old\|id\|now\|actor\|metadata\|exists\|timestamp\|value\)\>\%(-\w\)\@!"
syn match fluvOperator "\.\.\.\|->\|[-+*/%<>!?:=&|]"
syn match fluvType     "\<[A-Z][A-Za-z0-9]*\>"
syn match fluvVersion  "@\d\+\>"
syn match fluvFunction "\<[a-z][a-z0-9_]*\ze("
syn match fluvLabel    "\<[a-z][a-z0-9_]*\ze:"
syn match fluvMember   "\.\s*[a-z][a-zA-Z0-9_-]*"
syn match fluvNumber   "\<\d\+\%(\.\d\+\)\?\>"
syn match fluvDuration "\<\%(\d\+\%(\.\d\+\)\?\%(ns\|us\|µs\|μs\|ms\|s\|m\|h\|d\)\)\+\>"
syn match fluvTime     "\<\d\{4}-\d\d-\d\d\%([Tt][0-9:.]*\%(Z\|[+-]\d\d:\d\d\)\?\)\?"
syn match fluvConstant     "\<\%(true\|false\|none\)\>\%(-\w\)\@!"
syn match fluvConditional  "\<\%(if\|else\|match\)\>\%(-\w\)\@!"
syn match fluvWordOperator "\<\%(in\|matches\|with\)\>\%(-\w\)\@!"
syn match fluvLabel "\<else\ze:" contains=fluvConditional

syn match  fluvEscape   contained "\\\%(u\x\{4}\|.\)\|{{\|}}"
syn region fluvEmbedded contained oneline matchgroup=fluvEscape start="{" end="}" contains=@fluvExpr
syn region fluvString   oneline start=+"+ skip=+\\.+ end=+"+ contains=fluvEmbedded,fluvEscape,@Spell
syn region fluvString   start=+`+ end=+`+
syn match  fluvComment  "//.*$" contains=fluvTodo,@Spell
syn keyword fluvTodo    contained TODO FIXME XXX

syn region fluvExprBlock contained matchgroup=fluvDelimiter start="{" end="}" contains=@fluvExpr
syn cluster fluvExpr contains=fluvName,fluvKnown,fluvOperator,fluvType,fluvVersion,fluvFunction,fluvLabel,fluvMember,fluvNumber,fluvDuration,fluvTime,fluvConstant,fluvConditional,fluvWordOperator,fluvString,fluvComment,fluvExprBlock

" ---- Fields and parameters ---------------------------------------------------------------------------------------

syn match fluvBuiltin contained "\<\%(string\|bool\|int\|float\|decimal\|time\|duration\|bytes\|json\|map\)\>"
syn match fluvModule  contained "\<[a-z][a-z0-9_]*\ze\."
syn match fluvTypeRef contained "\%(\[\]\|map\[[^]]*\]\)*\%([a-z][a-z0-9_]*\.\)\?[A-Za-z][A-Za-z0-9]*\%(@\d\+\)\??\?" contains=fluvBuiltin,fluvType,fluvModule,fluvVersion
syn match fluvField   contained "\<[a-z][a-z0-9_]*\ze\s\+[A-Za-z\[]" nextgroup=fluvTypeRef skipwhite
syn match fluvDefault contained "=\s*[a-z][a-z0-9_-]*" contains=fluvConstant,fluvOperator
syn region fluvList   contained matchgroup=fluvDelimiter start="\[" end="\]" contains=@fluvExpr
syn cluster fluvFieldItems contains=fluvComment,fluvString,fluvNumber,fluvDuration,fluvTime,fluvConstant,fluvOperator,fluvType,fluvMember,fluvDefault,fluvField,fluvList,fluvExprBlock
syn region fluvFields contained matchgroup=fluvDelimiter fold start="{" end="}" contains=@fluvFieldItems
syn region fluvParams contained matchgroup=fluvDelimiter start="(" end=")" contains=@fluvFieldItems

" ---- The top of a file -------------------------------------------------------------------------------------------

syn match fluvDeclare "\<\%(domain\|import\)\ze\s\+[a-z]" nextgroup=fluvModuleName skipwhite
syn match fluvModuleName contained "[a-z][a-z0-9_-]*"
syn match fluvKeyword "\<\%(where\|go\)\>"

syn match fluvTypeHead "\<type\s\+[A-Z]\w*\%(@\d\+\)\?" contains=fluvDeclareWord,fluvType,fluvVersion nextgroup=fluvFields,fluvGoWord,fluvTypeRef skipwhite
syn match fluvGoWord contained "\<go\>\ze\s*[\"`]"
syn match fluvTypeUpcast "\<upcast\s\+[A-Z]\w*@\d\+\s*->\s*@\d\+" contains=fluvDeclareWord,fluvType,fluvVersion,fluvOperator nextgroup=fluvExprBlock skipwhite
syn match fluvDeclareWord contained "\<\%(type\|upcast\|enum\|aggregate\|handler\|event\|apply\|error\|action\|derive\|test\)\>\ze\s\+[A-Za-z\"`]"

syn match fluvEnumHead "\<enum\s\+[A-Z]\w*" contains=fluvDeclareWord,fluvType nextgroup=fluvValues skipwhite
syn region fluvValues contained matchgroup=fluvDelimiter fold start="{" end="}" contains=fluvComment,fluvString,fluvEnumValue
syn match fluvEnumValue contained "[a-z][a-z0-9-]*" nextgroup=fluvAs,fluvValueWas skipwhite
syn match fluvValueWas contained "\<was\>\ze\s\+[a-z]" nextgroup=fluvKey skipwhite
syn match fluvAs contained "\<as\>\ze\s*[\"`]" nextgroup=fluvValueText skipwhite
syn region fluvValueText contained oneline start=+\z(["`]\)+ skip=+\\.+ end=+\z1+ nextgroup=fluvValueWas skipwhite
syn match fluvWas contained "\<was\>\ze\s\+[A-Za-z]" nextgroup=fluvWasName skipwhite
syn match fluvWasName contained "[A-Za-z][A-Za-z0-9-]*\%(\s*,\s*[a-z][a-z0-9-]*\)*" nextgroup=fluvFields,fluvOn skipwhite

syn match fluvHandlerHead "\<handler\s\+[A-Z]\w*" contains=fluvDeclareWord,fluvType nextgroup=fluvWas,fluvOn skipwhite
syn match fluvOn contained "\<on\>" nextgroup=fluvHandlerKeys skipwhite
syn match fluvHandlerKeys contained "\*\|[a-z][a-z0-9_.-]*\%(\s*,\s*[a-z][a-z0-9_.-]*\)*" nextgroup=fluvOptions skipwhite
syn region fluvOptions contained matchgroup=fluvDelimiter fold start="{" end="}" contains=fluvComment,fluvOption,fluvNumber,fluvDuration
syn match fluvOption contained "\<\%(retry\|timeout\|concurrency\)\>\|\<from\s\+\%(start\|now\)\>\|\<on\s\+failure\s\+\%(park\|skip\|halt\)\>"

" ---- Aggregates --------------------------------------------------------------------------------------------------

syn match fluvAggregateHead "\<aggregate\s\+[A-Z]\w*" contains=fluvDeclareWord,fluvType nextgroup=fluvAggregateAs,fluvMembers skipwhite
syn match fluvAggregateAs contained "\<as\>" nextgroup=fluvWireText skipwhite
syn region fluvWireText contained oneline start=+\z(["`]\)+ skip=+\\.+ end=+\z1+ nextgroup=fluvMembers skipwhite
syn region fluvMembers contained matchgroup=fluvDelimiter fold start="{" end="}" contains=@fluvExpr,fluvBody,fluvState,fluvEventHead,fluvUpcast,fluvApplyHead,fluvErrorHead,fluvActionHead,fluvClause,fluvByHand,fluvDeriveHead,fluvInvariant,fluvSnapshot,fluvTestHead

syn match fluvKey contained "[a-z][a-z0-9-]*"
syn match fluvState contained "\<state\>\ze\s*{" nextgroup=fluvFields skipwhite
syn match fluvEventHead contained "\<event\s\+[a-z][a-z0-9-]*\%(@\d\+\)\?" contains=fluvEventWord,fluvVersion nextgroup=fluvWas,fluvFields skipwhite
syn match fluvEventWord contained "\<event\>\ze\s\+[a-z]" nextgroup=fluvKey skipwhite
syn match fluvUpcast contained "\<upcast\s\+[a-z][a-z0-9-]*\%(@\d\+\)\?\s*->\s*\%(nothing\>\|@\d\+\%(\s\+by\s\+hand\>\)\?\)" contains=fluvUpcastWord,fluvVersion,fluvArrow,fluvByHand nextgroup=fluvExprBlock skipwhite
syn match fluvUpcastWord contained "\<upcast\>" nextgroup=fluvKey skipwhite
syn match fluvArrow contained "->" nextgroup=fluvNothing skipwhite
syn match fluvNothing contained "\<nothing\>"
syn match fluvByHand contained "\<by\s\+hand\>"

syn match fluvApplyHead contained "\<apply\s\+[a-z][a-z0-9-]*\ze\s*{" contains=fluvApplyWord nextgroup=fluvFold skipwhite
syn match fluvApplyWord contained "\<apply\>" nextgroup=fluvKey skipwhite
syn region fluvFold contained matchgroup=fluvDelimiter fold start="{" end="}" contains=@fluvExpr,fluvFold,fluvSpread,fluvRemove
syn match fluvSpread contained "\.\.\.\s*event\>"
syn match fluvRemove contained "\<remove\>\ze\s\+[a-z]" nextgroup=fluvName skipwhite

syn match fluvErrorHead contained "\<error\s\+[A-Z]\w*" contains=fluvDeclareWord,fluvType nextgroup=fluvParams skipwhite
syn match fluvActionHead contained "\<action\s\+[A-Z]\w*" contains=fluvDeclareWord,fluvType nextgroup=fluvParams skipwhite
syn match fluvClause contained "\<\%(creates\|emits\)\>\ze\s\+[a-z]" nextgroup=fluvClauseKeys skipwhite
syn match fluvClauseKeys contained "[a-z][a-z0-9-]*\%(@\d\+\)\?\%(\s*,\s*[a-z][a-z0-9-]*\%(@\d\+\)\?\)*" contains=fluvVersion
syn region fluvBody contained matchgroup=fluvDelimiter fold start="{" end="}" contains=@fluvExpr,fluvBody,fluvStatement,fluvElseError
syn match fluvStatement contained "\<require\>\%(-\w\)\@!:\@!"
syn match fluvStatement contained "\<\%(let\|emit\)\>\ze\s\+[a-z]" nextgroup=fluvName skipwhite
syn match fluvElseError contained "\<else\s\+[A-Z]\w*" contains=fluvConditional,fluvType

syn match fluvDeriveHead contained "\<derive\s\+[a-z][a-z0-9_]*" contains=fluvDeriveWord nextgroup=fluvTypeRef skipwhite
syn match fluvDeriveWord contained "\<derive\>" nextgroup=fluvDerived skipwhite
syn match fluvDerived contained "[a-z][a-z0-9_]*"
syn match fluvInvariant contained "\<invariant\>\%(-\w\)\@!"
syn match fluvSnapshot contained "\<snapshot\s\+every\>"

" ---- Tests -------------------------------------------------------------------------------------------------------

syn match fluvTestHead contained "\<test\>\ze\s*[\"`]" nextgroup=fluvTestName skipwhite
syn region fluvTestName contained oneline start=+\z(["`]\)+ skip=+\\.+ end=+\z1+ nextgroup=fluvTestLines skipwhite
syn region fluvTestLines contained matchgroup=fluvDelimiter fold start="{" end="}" contains=@fluvExpr,fluvGiven,fluvWhen,fluvThen
syn match fluvGiven contained "\<given\>\ze\s\+[a-z]" nextgroup=fluvKey,fluvGivenWord skipwhite
syn match fluvGivenWord contained "\%(now\|actor\|id\)\>\%(-\w\)\@!"
syn match fluvWhen contained "\<when\>\ze\s\+[A-Z]"
syn match fluvThen contained "\<then\>\ze\s\+[a-z]" nextgroup=fluvKey,fluvThenWord,fluvThenError skipwhite
syn match fluvThenWord contained "\%(state\|nothing\)\>\%(-\w\)\@!"
syn match fluvThenError contained "error\>\%(-\w\)\@!" nextgroup=fluvFailure,fluvType skipwhite
syn match fluvFailure contained "\<\%(invalid\|invariant\|overflow\|not-found\|already-exists\)\>"

hi def link fluvComment       Comment
hi def link fluvTodo          Todo
hi def link fluvString        String
hi def link fluvValueText     String
hi def link fluvWireText      String
hi def link fluvTestName      String
hi def link fluvEscape        SpecialChar
hi def link fluvNumber        Number
hi def link fluvDuration      Number
hi def link fluvTime          Number
hi def link fluvVersion       Number
hi def link fluvConstant      Boolean
hi def link fluvEnumValue     Constant
hi def link fluvFailure       Constant
hi def link fluvConditional   Conditional
hi def link fluvWordOperator  Operator
hi def link fluvOperator      Operator
hi def link fluvDelimiter    Delimiter
hi def link fluvArrow         Operator
hi def link fluvFunction      Function
hi def link fluvKnown         Special
hi def link fluvModule        Include
hi def link fluvModuleName    Include
hi def link fluvBuiltin       Type
hi def link fluvType          Type
hi def link fluvLabel         Identifier
hi def link fluvField         Identifier
hi def link fluvDerived       Identifier
hi def link fluvKey           Structure
hi def link fluvWasName       Structure
hi def link fluvClauseKeys    Structure
hi def link fluvHandlerKeys   Structure

hi def link fluvDeclare       Keyword
hi def link fluvDeclareWord   Keyword
hi def link fluvKeyword       Keyword
hi def link fluvGoWord        Keyword
hi def link fluvAs            Keyword
hi def link fluvAggregateAs   Keyword
hi def link fluvValueWas      Keyword
hi def link fluvWas           Keyword
hi def link fluvOn            Keyword
hi def link fluvOption        Keyword
hi def link fluvState         Keyword
hi def link fluvEventWord     Keyword
hi def link fluvUpcastWord    Keyword
hi def link fluvNothing       Keyword
hi def link fluvByHand        Keyword
hi def link fluvApplyWord     Keyword
hi def link fluvSpread        Keyword
hi def link fluvRemove        Statement
hi def link fluvClause        Keyword
hi def link fluvStatement     Statement
hi def link fluvDeriveWord    Keyword
hi def link fluvInvariant     Keyword
hi def link fluvSnapshot      Keyword
hi def link fluvTestHead      Keyword
hi def link fluvGiven         Keyword
hi def link fluvWhen          Keyword
hi def link fluvGivenWord     Keyword
hi def link fluvThen          Keyword
hi def link fluvThenWord      Keyword
hi def link fluvThenError     Keyword

let b:current_syntax = 'fluv'
let &cpo = s:cpo
unlet s:cpo
