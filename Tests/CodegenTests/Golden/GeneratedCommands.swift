// Generated from proto/. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

/// Every command the contract has, in order of the areas' names.
package let generatedCommands: [CommandDescription] = [GoldenCommands.all].flatMap { $0 }
