/// A provider's request exactly as it arrived, before anything in it is believed.
package struct RawWebhook: Sendable {
  package let method: String
  /// The URLs that the provider may have called and signed, the likeliest first. They end in the
  /// path and query as received.
  package let urls: [String]
  /// Header fields with lower-case names.
  package let fields: [(name: String, value: String)]
  package let body: [UInt8]
  /// The query of the URL.
  package let query: FormParameters
  /// The fields of a form body; nil when the body is none.
  package let form: FormParameters?

  package init(
    method: String, urls: [String], fields: [(name: String, value: String)], body: [UInt8],
    query: FormParameters, form: FormParameters?
  ) {
    self.method = method
    self.urls = urls
    self.fields = fields
    self.body = body
    self.query = query
    self.form = form
  }

  /// The first value of a header field; its name is lower-case.
  package func field(_ name: String) -> String? {
    fields.first { $0.name == name }?.value
  }

  /// A field of the form, or of the query when there is no form.
  package func parameter(_ name: String) -> String? {
    form?[name] ?? query[name]
  }
}
