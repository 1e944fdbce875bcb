internal import AuditAPI
internal import BillingAPI
internal import CallAPI
internal import ConnectorAPI
internal import FlowAPI
internal import IdentityAPI
internal import MappingAPI
internal import OpsAPI
internal import TenantAPI
internal import UsageAPI
internal import Wire

/// Every message of our own contract. A type that is missing here has its requests skipped, which
/// a test takes for a failure.
let contractTypes: [any Message.Type] = [
  // Audit
  AuditEvent.self, ListAuditEventsRequest.self, ListAuditEventsResponse.self,
  // Billing
  StripeEventRequest.self, StripeEventResponse.self,
  // Call
  Call.self, CallEvent.self, ListCallsRequest.self, ListCallsResponse.self, GetCallRequest.self,
  IncomingCallRequest.self, CallInputRequest.self, DialResultRequest.self, CallStatusRequest.self,
  // Connector
  Connector.self, TwilioCredentials.self, PutCredentialsRequest.self, ListConnectorsRequest.self,
  ListConnectorsResponse.self, DisconnectRequest.self,
  // Flow
  Bot.self, CreateBotRequest.self, ListBotsRequest.self, ListBotsResponse.self, GetBotRequest.self,
  UpdateBotRequest.self, Flow.self, FlowVersion.self, FlowGraph.self, FlowNode.self,
  NodePosition.self, SayNode.self, GatherNode.self, ConditionNode.self, ConditionCase.self,
  TransferNode.self, HangupNode.self, FlowEdge.self, CreateFlowRequest.self, ListFlowsRequest.self,
  ListFlowsResponse.self, GetFlowRequest.self, SaveDraftRequest.self, ListVersionsRequest.self,
  ListVersionsResponse.self, GetVersionRequest.self, StageVersionRequest.self,
  PublishVersionRequest.self, GetLiveVersionRequest.self, GetLiveVersionResponse.self,
  // Identity
  LoginRequest.self, LoginResponse.self, TenantSummary.self, WhoAmIRequest.self,
  WhoAmIResponse.self, User.self,
  // Mapping
  PhoneMapping.self, CreateMappingRequest.self, ListMappingsRequest.self, ListMappingsResponse.self,
  GetMappingRequest.self, UpdateMappingRequest.self, DeleteMappingRequest.self,
  NormalizeNumberRequest.self, NormalizeNumberResponse.self, ResolveNumberRequest.self,
  ResolveNumberResponse.self,
  // Ops
  GetHealthRequest.self, GetHealthResponse.self,
  // Tenant
  Tenant.self, CreateTenantRequest.self, ListTenantsRequest.self, ListTenantsResponse.self,
  GetTenantRequest.self, UpdateTenantRequest.self, ApproveTenantRequest.self,
  SuspendTenantRequest.self, ReactivateTenantRequest.self, CreateUserRequest.self,
  ListUsersRequest.self, ListUsersResponse.self,
  // Usage
  UsageEvent.self, GetUsageSummaryRequest.self, GetUsageSummaryResponse.self, UsageSummaryRow.self,
  ListUsageEventsRequest.self, ListUsageEventsResponse.self,
]
