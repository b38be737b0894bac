module specstat.test/hash

go 1.24.0
