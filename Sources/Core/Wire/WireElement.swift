/// What a list can hold and a writer append without taking it out of the list.
///
/// The point is `~Copyable`: for any other type the compiler copies an element before it calls a method
/// of it, which counts a reference to every string and list inside. Without that an order with three
/// items took 1.3 times as long to encode.
public protocol WireElement: ~Copyable {
  /// Appends the fields of a message, or a string or bytes with their length.
  func encode(into output: inout WireWriter)
}

extension String: WireElement {
  /// Appends the length and the UTF-8.
  public func encode(into output: inout WireWriter) { output.appendString(self) }
}

extension WireWriter {
  /// Appends the messages of a list.
  @usableFromInline
  mutating func appendMessages<M: WireElement & ~Copyable>(_ number: Int, _ messages: Span<M>) {
    for index in messages.indices {
      let start = open(number)
      messages[index].encode(into: &self)
      close(start)
    }
  }

  /// Appends the elements of a list whose length is known first.
  @usableFromInline
  mutating func appendElements<E: WireElement & ~Copyable>(_ number: Int, _ elements: Span<E>) {
    for index in elements.indices {
      appendTag(number, .lengthDelimited)
      elements[index].encode(into: &self)
    }
  }
}
