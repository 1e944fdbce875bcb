internal import RPC

/// What people are told about errors, by the reason of the error or else by its code.
enum Catalogue {
  static func text(of error: RPCError, in language: Language) -> String {
    let reason = error.reason
    let known = byReason[reason] ?? byCode[error.code] ?? unknown
    return language == .german ? known.german : known.english
  }

  private struct Entry: Sendable {
    let german: String
    let english: String

    init(_ german: String, _ english: String) {
      self.german = german
      self.english = english
    }
  }

  private static let unknown = Entry(
    "Es ist ein Fehler aufgetreten.", "Something went wrong.")

  private static let byReason: [String: Entry] = [
    "WRONG_CREDENTIALS": Entry(
      "E-Mail-Adresse oder Passwort ist falsch.", "The e-mail address or password is wrong."),
    "TENANT_NOT_APPROVED": Entry(
      "Der Mandant ist nicht freigeschaltet.", "The tenant has not been approved."),
    "TOKEN_INVALID": Entry(
      "Die Anmeldung ist abgelaufen. Bitte melden Sie sich neu an.",
      "Your session has ended. Please sign in again."),
    "CREDENTIALS_MISSING": Entry("Bitte melden Sie sich an.", "Please sign in."),
    "ROLE_NOT_ALLOWED": Entry(
      "Ihre Rolle darf das nicht.", "Your role is not allowed to do this."),
    "FOREIGN_TENANT": Entry(
      "Das gehört einem anderen Mandanten.", "This belongs to another tenant."),
    "FOREIGN_RESOURCE": Entry(
      "Das gehört einem anderen Mandanten.", "This belongs to another tenant."),
    "INVALID_REQUEST": Entry(
      "Die Eingabe ist unvollständig oder falsch.", "The input is incomplete or wrong."),
    "USER_LIMIT_REACHED": Entry(
      "Die Höchstzahl an Benutzern ist erreicht.", "The user limit has been reached."),
    "EMAIL_TAKEN": Entry(
      "Diese E-Mail-Adresse ist bereits vergeben.", "This e-mail address is already in use."),
    "NUMBER_ALREADY_MAPPED": Entry(
      "Diese Rufnummer hat bereits eine aktive Zuordnung.",
      "This number already has an active mapping."),
    "SYSTEM_PROMPT_MISSING": Entry(
      "Der Bot braucht einen System-Prompt, bevor der Flow veröffentlicht werden kann.",
      "The bot needs a system prompt before its flow can be published."),
    "INVALID_GRAPH": Entry("Der Flow ist fehlerhaft.", "The flow has faults."),
    "ETAG_MISMATCH": Entry(
      "Inzwischen wurde etwas geändert. Bitte laden Sie neu.",
      "Something was changed in the meantime. Please reload."),
  ]

  private static let byCode: [RPCCode: Entry] = [
    .invalidArgument: Entry(
      "Die Eingabe ist unvollständig oder falsch.", "The input is incomplete or wrong."),
    .notFound: Entry("Das gibt es nicht.", "This does not exist."),
    .alreadyExists: Entry("Das gibt es schon.", "This already exists."),
    .permissionDenied: Entry("Das ist nicht erlaubt.", "This is not allowed."),
    .unauthenticated: Entry("Bitte melden Sie sich an.", "Please sign in."),
    .failedPrecondition: Entry(
      "Das geht im jetzigen Zustand nicht.", "This is not possible in the present state."),
    .aborted: Entry(
      "Inzwischen wurde etwas geändert. Bitte versuchen Sie es erneut.",
      "Something changed in the meantime. Please try again."),
    .resourceExhausted: Entry(
      "Zu viele Anfragen. Bitte versuchen Sie es später erneut.",
      "Too many requests. Please try again later."),
    .deadlineExceeded: Entry(
      "Das hat zu lange gedauert.", "This took too long."),
    .unavailable: Entry(
      "Der Dienst ist gerade nicht erreichbar.", "The service is not available at the moment."),
  ]
}
