module specstat.test/hash

go 1.21
