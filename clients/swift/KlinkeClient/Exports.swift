// What a program needs to call a server comes with this one import: the messages and clients of
// every service, and the types of calls.

@_exported public import AuditAPI
@_exported public import BillingAPI
@_exported public import CallAPI
@_exported public import ConnectorAPI
@_exported public import FlowAPI
@_exported public import IdentityAPI
@_exported public import MappingAPI
@_exported public import OpsAPI
@_exported public import RPC
@_exported public import RPCTransport
@_exported public import TenantAPI
@_exported public import UsageAPI
@_exported public import Wire
