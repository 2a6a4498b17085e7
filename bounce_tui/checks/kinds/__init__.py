"""The checks, one module a kind, each with `async def check(check, inputs, lookup) -> CheckResult`."""
