// Command raceprobe does nothing: `make race` builds it with -race to learn whether a C compiler is here.
package main

func main() {}
