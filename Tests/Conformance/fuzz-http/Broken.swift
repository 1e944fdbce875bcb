/// Ends the process because a promise does not hold, which is what a fuzzer looks for.
func broken(_ promise: String) -> Never { fatalError(promise) }
