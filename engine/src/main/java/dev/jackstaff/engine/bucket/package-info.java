/// Who belongs where: hash, shares, ramps and schedules. Arithmetic and nothing else; it knows neither flags nor users,
/// only names, numbers and dates. Every formula is that of GO Feature Flag (`modules/core/flag/rule.go`), bit for bit,
/// because a bucket that differs by one moves somebody to another variation.
package dev.jackstaff.engine.bucket;
