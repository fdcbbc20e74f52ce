" Vim filetype plugin
" Language: Fluvius domains (.fluv)
"
" g:fluvgen is how fluvgen is run; unless it is set, `go tool fluvgen` in the module of the file, as the guide has it.
" `gggqG` and `gg=G` lay the file out, `:make` checks the domain and fills the quickfix list, and :FluvFmt lays the buffer out.
" With g:fluv_fmt_on_save = 1 that is done on each :write.

if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1
let s:cpo = &cpo
set cpo&vim

let s:fluvgen = get(g:, 'fluvgen', 'go tool fluvgen')

setlocal comments=:// commentstring=//\ %s
setlocal expandtab shiftwidth=4 softtabstop=4 tabstop=4
setlocal iskeyword+=-
" What is said of mistakes must not come into the text.
let s:quiet = s:fluvgen . ' fmt' . (has('win32') ? ' 2>NUL' : ' 2>/dev/null')
let &l:formatprg = s:quiet
let &l:equalprg = s:quiet
let &l:makeprg = s:fluvgen . ' check %:S'
" shop.fluv:3:5: warning: message [FLV0300], and the lines below, which show the place
setlocal errorformat=%f:%l:%c:\ %tarning:\ %m\ [FLV%n],%E%f:%l:%c:\ %m\ [FLV%n],%-G%.%#

" s:fmt replaces the buffer by its canonical layout, unless it has mistakes: then it stays and they are told.
function! s:fmt() abort
  let l:before = getline(1, '$')
  let l:after = systemlist(s:quiet, l:before)
  if v:shell_error != 0
    echohl WarningMsg | echomsg 'FluvFmt: not laid out, there are mistakes; :make shows them' | echohl None
    return
  endif
  if l:after ==# l:before
    return
  endif
  let l:view = winsaveview()
  call setline(1, l:after)
  if len(l:after) < line('$')
    call deletebufline('%', len(l:after) + 1, '$')
  endif
  call winrestview(l:view)
endfunction

command! -buffer -bar FluvFmt call s:fmt()
if get(g:, 'fluv_fmt_on_save', 0)
  augroup fluv_fmt
    autocmd! * <buffer>
    autocmd BufWritePre <buffer> FluvFmt
  augroup END
endif

let b:undo_ftplugin = 'setlocal comments< commentstring< expandtab< shiftwidth< softtabstop< tabstop< iskeyword<'
  \ . ' formatprg< equalprg< makeprg< errorformat<'
  \ . ' | silent! delcommand -buffer FluvFmt | silent! autocmd! fluv_fmt * <buffer>'

let &cpo = s:cpo
unlet s:cpo
