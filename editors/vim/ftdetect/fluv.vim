autocmd BufRead,BufNewFile *.fluv setfiletype fluv
