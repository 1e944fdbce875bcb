internal import HTTP
internal import RPC

extension HTTPExchange: Interruptible {}
