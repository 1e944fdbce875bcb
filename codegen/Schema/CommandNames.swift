extension SchemaMethod {
  /// The words that call the method: its option's, else derived from the names.
  ///
  /// `TenantService.ListTenants` becomes `tenant list`: the service without `Service`, and the
  /// method without the noun that the service already says.
  package func commandPath(of service: SchemaService) -> [String] {
    var noun = service.name
    if noun.hasSuffix("Service"), noun != "Service" { noun.removeLast("Service".count) }
    let resource = options.command.resource
    let verb = options.command.verb
    return [
      resource.isEmpty ? kebabCased(noun) : resource,
      verb.isEmpty ? kebabCased(withoutNoun(noun)) : verb,
    ]
  }

  private func withoutNoun(_ noun: String) -> String {
    for ending in [noun + "s", noun + "es", noun] where name.hasSuffix(ending) && name != ending {
      return String(name.dropLast(ending.count))
    }
    return name
  }
}

/// `CreateTenant` as `create-tenant`, `display_name` as `display-name`.
package func kebabCased(_ name: String) -> String {
  var result = ""
  for character in name {
    if character == "_" {
      result.append("-")
    } else if character.isUppercase, !result.isEmpty, result.last?.isLowercase == true {
      result += "-\(character.lowercased())"
    } else {
      result += character.lowercased()
    }
  }
  return result
}
