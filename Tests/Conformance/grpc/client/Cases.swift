internal import RPC

/// One case: returns when the server does what it should.
typealias Case = @Sendable (_ peer: Peer) async throws(RPCError) -> Void

/// Every case by its name.
let interopCases: [String: Case] = [
  "empty_unary": emptyUnary,
  "large_unary": largeUnary,
  "client_streaming": clientStreaming,
  "server_streaming": serverStreaming,
  "ping_pong": pingPong,
  "empty_stream": emptyStream,
  "half_duplex": halfDuplex,
  "custom_metadata": customMetadata,
  "status_code_and_message": statusCodeAndMessage,
  "special_status_message": specialStatusMessage,
  "unimplemented_method": unimplementedMethod,
  "unimplemented_service": unimplementedService,
  "cancel_after_begin": cancelAfterBegin,
  "cancel_after_first_response": cancelAfterFirstResponse,
  "timeout_on_sleeping_server": timeoutOnSleepingServer,
  "compressed_large_unary": compressedLargeUnary,
  "client_compressed_unary": clientCompressedUnary,
  "server_compressed_unary": serverCompressedUnary,
  "client_compressed_streaming": clientCompressedStreaming,
  "server_compressed_streaming": serverCompressedStreaming,
  "slow_consumer": slowConsumer,
  "concurrent_large_unary": concurrentLargeUnary,
  "rpc_soak": rpcSoak,
  "channel_soak": channelSoak,
  "goaway": goAway,
  "max_streams": maxStreams,
  "ping": largeUnary,
  "rst_after_header": resetByServer,
  "rst_during_data": resetByServer,
  "rst_after_data": resetByServer,
  "data_frame_padding": largeUnary,
  "no_df_padding_sanity_test": largeUnary,
  "informational_first": largeUnary,
  "trailers_in_pieces": largeUnary,
  "trailers_missing": trailersMissing,
]
