internal import IdentityAPI
internal import Platform
internal import Postgres
internal import RPC
internal import TenantAPI
internal import Testing
internal import Wire

@Suite("Tenants", .timeLimit(.minutes(5)))
struct TenantServiceTests {
  @Test("a tenant begins pending, with the defaults of the contract")
  func defaults() async throws {
    try await withServices { services in
      let tenant = try await services.admin.tenants.createTenant(
        CreateTenantRequest(displayName: "Hering GmbH"))
      #expect(tenant.state == .pending)
      #expect(tenant.defaultRegion == "DE")
      #expect(tenant.timeZone == "Europe/Berlin")
      #expect(tenant.locale == "de-DE")
      #expect(tenant.userLimit == 2)
      #expect(tenant.etag == "1")
      #expect(tenant.createTime != nil)
      let read = try await services.admin.tenants.getTenant(
        GetTenantRequest(tenantID: tenant.tenantID))
      #expect(read == tenant)
    }
  }

  @Test("every fault of a new tenant is named")
  func faults() async throws {
    try await withServices { services in
      let cases: [(CreateTenantRequest, [String])] = [
        (CreateTenantRequest(), ["display_name string.min_len"]),
        (
          CreateTenantRequest(
            displayName: String(repeating: "ü", count: 121), defaultRegion: "FR", locale: "xx_YY"),
          ["display_name string.max_len", "default_region string.in", "locale string.pattern"]
        ),
        (CreateTenantRequest(displayName: "x", timeZone: "Mars/Olympus"), ["time_zone INVALID"]),
        (CreateTenantRequest(displayName: "x", timeZone: "europe/berlin"), ["time_zone INVALID"]),
        (
          CreateTenantRequest(displayName: "x", timeZone: "../../etc/passwd"), ["time_zone INVALID"]
        ),
        (CreateTenantRequest(displayName: "x", requestID: "1"), ["request_id string.uuid"]),
      ]
      for (request, faults) in cases {
        let error = await refusal { try await services.admin.tenants.createTenant(request) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.faults == faults)
      }
    }
  }

  @Test("a name of 120 characters fits, also in a script of long characters")
  func longName() async throws {
    try await withServices { services in
      let name = String(repeating: "𝕏", count: 120)
      let tenant = try await services.admin.tenants.createTenant(
        CreateTenantRequest(displayName: name))
      #expect(tenant.displayName == name)
    }
  }

  @Test("approve, suspend and reactivate move it, and say no to what does not follow")
  func life() async throws {
    try await withServices { services in
      let tenants = services.admin.tenants
      let id = try await tenants.createTenant(CreateTenantRequest(displayName: "x")).tenantID
      let early = await refusal { try await tenants.suspendTenant(.init(tenantID: id)) }
      #expect(early?.code == .failedPrecondition)
      #expect(early?.reason == "TENANT_STATE")
      #expect(try await tenants.approveTenant(.init(tenantID: id)).state == .approved)
      let again = try await tenants.approveTenant(.init(tenantID: id))
      #expect(again.etag == "2")
      let stopped = try await tenants.suspendTenant(.init(tenantID: id, reason: "unbezahlt"))
      #expect(stopped.state == .suspended)
      let long = String(repeating: "x", count: 501)
      #expect(
        await refusal { try await tenants.suspendTenant(.init(tenantID: id, reason: long)) }?
          .faults == ["reason string.max_len"])
      #expect(
        await refusal { try await tenants.approveTenant(.init(tenantID: id)) }?.code
          == .failedPrecondition)
      #expect(try await tenants.reactivateTenant(.init(tenantID: id)).state == .approved)
    }
  }

  @Test("an update changes what the mask names, or what is filled in without one")
  func update() async throws {
    try await withServices { services in
      let company = try await services.company()
      let tenants = company.admin.tenants
      let new = Tenant(displayName: "Neu", defaultRegion: "AT", timeZone: "Europe/Vienna")
      let named = try await tenants.updateTenant(
        .init(tenantID: company.id.text, tenant: new, updateMask: FieldMask(paths: ["time_zone"])))
      #expect(named.timeZone == "Europe/Vienna")
      #expect(named.displayName == "Hering GmbH")
      let filled = try await tenants.updateTenant(.init(tenant: new))
      #expect(filled.displayName == "Neu")
      #expect(filled.defaultRegion == "AT")
      #expect(filled.locale == "de-DE")
      let wrong = await refusal {
        try await tenants.updateTenant(
          .init(tenant: new, updateMask: FieldMask(paths: ["state", "name", "time_zone"])))
      }
      #expect(wrong?.faults == ["update_mask.paths[1] UPDATE_MASK"])
      let empty = await refusal {
        try await tenants.updateTenant(
          .init(tenant: Tenant(), updateMask: FieldMask(paths: ["display_name", "time_zone"])))
      }
      #expect(empty?.faults == ["tenant.display_name REQUIRED"])
      let zone = await refusal {
        try await tenants.updateTenant(.init(tenant: Tenant(timeZone: "Mars/Olympus")))
      }
      #expect(zone?.faults == ["tenant.time_zone INVALID"])
    }
  }

  @Test("an update with an old etag is refused, and of many at once with one etag one wins")
  func etag() async throws {
    try await withServices { services in
      let company = try await services.company()
      let tenants = company.admin.tenants
      let etag = try await tenants.getTenant(GetTenantRequest()).etag
      let codes = await withTaskGroup(of: RPCCode?.self) { group in
        for index in 0..<6 {
          group.addTask {
            await refusal {
              try await tenants.updateTenant(
                .init(tenant: Tenant(displayName: "Name \(index)"), etag: etag))
            }?.code
          }
        }
        return await group.reduce(into: [RPCCode?]()) { $0.append($1) }
      }
      #expect(codes.count { $0 == nil } == 1)
      #expect(codes.count { $0 == .aborted } == 5)
      #expect(try await tenants.getTenant(GetTenantRequest()).etag == "3")
    }
  }

  @Test("the user limit belongs to the platform")
  func userLimit() async throws {
    try await withServices { services in
      let company = try await services.company()
      let request = UpdateTenantRequest(tenantID: company.id.text, tenant: Tenant(userLimit: 7))
      let own = await refusal { try await company.admin.tenants.updateTenant(request) }
      #expect(own?.code == .permissionDenied)
      #expect(own?.reason == "FIELD_NOT_ALLOWED")
      #expect(try await services.admin.tenants.updateTenant(request).userLimit == 7)
      for limit: Int32 in [-1, 10_001, .max, .min] {
        let error = await refusal {
          try await services.admin.tenants.updateTenant(
            .init(tenantID: company.id.text, tenant: Tenant(userLimit: limit)))
        }
        #expect(error?.faults == ["tenant.user_limit int32.gte_lte"])
      }
    }
  }

  @Test("tenants are for the platform's people, except one's own")
  func whoMay() async throws {
    try await withServices { services in
      let own = try await services.company()
      let other = try await services.company("Makrele AG")
      #expect(try await own.admin.tenants.getTenant(.init()).tenantID == own.id.text)
      for request in [other.id, .random(), .platform] {
        let error = await refusal {
          try await own.admin.tenants.getTenant(.init(tenantID: request.text))
        }
        #expect(error?.code == .permissionDenied)
        #expect(error?.reason == "FOREIGN_TENANT")
      }
      for role in [Role.customerAdmin, .customerUser, .support] {
        let clients = own.clients(as: role)
        let list = await refusal { try await clients.tenants.listTenants(.init()) }
        #expect(list?.reason == "ROLE_NOT_ALLOWED")
        let approve = await refusal {
          try await clients.tenants.approveTenant(.init(tenantID: own.id.text))
        }
        #expect(approve?.reason == "ROLE_NOT_ALLOWED")
      }
      let platform = await refusal {
        try await services.admin.tenants.suspendTenant(.init(tenantID: TenantID.platform.text))
      }
      #expect(platform?.code == .notFound)
      let nobody = await refusal { try await services.admin.tenants.getTenant(.init()) }
      #expect(nobody?.faults == ["tenant_id REQUIRED"])
    }
  }
}

@Suite("Users", .timeLimit(.minutes(5)))
struct UserServiceTests {
  private func request(_ email: String, in company: Company? = nil) -> CreateUserRequest {
    CreateUserRequest(
      tenantID: company?.id.text ?? "", email: email, role: .customerUser,
      password: "ein langes Wort")
  }

  @Test("a user's address is kept in lower case and is unique on the platform")
  func unique() async throws {
    try await withServices { services in
      let first = try await services.company()
      let second = try await services.company("Makrele AG")
      let user = try await first.admin.users.createUser(request("Eva.Müller@Example.com"))
      #expect(user.email == "eva.müller@example.com")
      #expect(user.active)
      let taken = await refusal {
        try await second.admin.users.createUser(request("EVA.MÜLLER@example.com"))
      }
      #expect(taken?.code == .alreadyExists)
      #expect(taken?.reason == "EMAIL_TAKEN")
    }
  }

  @Test("every fault of a new user is named, and roles of the platform are not given away")
  func faults() async throws {
    try await withServices { services in
      let company = try await services.company()
      let error = await refusal {
        try await company.admin.users.createUser(
          .init(
            email: "eva", displayName: String(repeating: "x", count: 121), role: .platformAdmin,
            password: "kurz"))
      }
      #expect(
        error?.faults == [
          "email string.pattern", "display_name string.max_len", "role enum.in",
          "password string.min_len",
        ])
      let empty = await refusal { try await company.admin.users.createUser(.init()) }
      #expect(
        empty?.faults == [
          "email string.pattern", "role enum.in", "password string.min_len",
        ])
      let user = await refusal {
        try await company.clients(as: .customerUser).users.createUser(request("a@b.de"))
      }
      #expect(user?.reason == "ROLE_NOT_ALLOWED")
    }
  }

  @Test("of many created at once only as many stay as the limit allows")
  func limit() async throws {
    try await withServices { services in
      let company = try await services.company()
      let reasons = await withTaskGroup(of: String?.self) { group in
        for index in 0..<6 {
          group.addTask {
            await refusal {
              try await company.admin.users.createUser(request("user\(index)@example.com"))
            }?.reason
          }
        }
        return await group.reduce(into: [String?]()) { $0.append($1) }
      }
      #expect(reasons.count { $0 == nil } == 2)
      #expect(reasons.count { $0 == "USER_LIMIT_REACHED" } == 4)
      let users = try await company.admin.users.listUsers(.init()).users
      #expect(users.count == 2)
    }
  }

  @Test("a repeat with the same request_id is the first user, and no hash of the password is kept")
  func passwordIsNotHashedQuickly() async throws {
    try await withServices { services in
      let company = try await services.company()
      var request = request("eva@example.com")
      request.requestID = UUID.random().text
      let first = try await company.admin.users.createUser(request)
      let second = try await company.admin.users.createUser(request)
      #expect(first == second)
      // Whoever reads the table must not be able to try passwords at the speed of SHA-256.
      var content = request
      content.requestID = ""
      let hash = Crypto.sha256(content.wireBytes())
      let found = try await services.count(
        "SELECT count(*) AS n FROM idempotency_key WHERE request_hash = \(hash)", in: company.id)
      #expect(found == 0)
    }
  }
}
