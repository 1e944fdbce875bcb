// grpc.testing.TestService by Go gRPC. The flags and the lines it prints are those of
// interop-server.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	_ "google.golang.org/grpc/encoding/gzip"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	pb "interop/testing"
)

const payloadBytesMax = 1 << 20

// Tells how a call has ended, and knows the metadata that is to be sent back.
type call struct {
	method              string
	requests, responses int
	initial, trailing   metadata.MD
}

func begin(method string, ctx context.Context) *call {
	received, _ := metadata.FromIncomingContext(ctx)
	c := &call{method: method, initial: metadata.MD{}, trailing: metadata.MD{}}
	if values := received["x-grpc-test-echo-initial"]; len(values) > 0 {
		c.initial["x-grpc-test-echo-initial"] = values
	}
	if values := received["x-grpc-test-echo-trailing-bin"]; len(values) > 0 {
		c.trailing["x-grpc-test-echo-trailing-bin"] = values
	}
	return c
}

func (c *call) end(ctx context.Context, err error) error {
	end := status.Code(err).String()
	if ctx.Err() != nil {
		end = "CANCELLED"
	}
	fmt.Printf("saw %s requests=%d responses=%d end=%s\n", c.method, c.requests, c.responses, end)
	return err
}

func wanted(echo *pb.EchoStatus) error {
	if echo.GetCode() == 0 {
		return nil
	}
	return status.Error(codes.Code(echo.Code), echo.Message)
}

func payload(kind pb.PayloadType, size int32) (*pb.Payload, error) {
	if kind != pb.PayloadType_COMPRESSABLE || size < 0 || size > payloadBytesMax {
		return nil, status.Error(codes.InvalidArgument, "no such payload")
	}
	return &pb.Payload{Body: make([]byte, size)}, nil
}

type outputStream interface {
	Send(*pb.StreamingOutputCallResponse) error
	Context() context.Context
}

// Sends the answers that a request asks for.
func (c *call) answer(request *pb.StreamingOutputCallRequest, stream outputStream) error {
	if err := wanted(request.GetResponseStatus()); err != nil {
		return err
	}
	for _, parameters := range request.GetResponseParameters() {
		time.Sleep(time.Duration(parameters.GetIntervalUs()) * time.Microsecond)
		body, err := payload(request.GetResponseType(), parameters.GetSize())
		if err != nil {
			return err
		}
		if err := stream.Send(&pb.StreamingOutputCallResponse{Payload: body}); err != nil {
			return err
		}
		c.responses++
	}
	return nil
}

type service struct{}

// The methods by hand and not by generated code, which would also register UnimplementedCall.
var methods = grpc.ServiceDesc{
	ServiceName: "grpc.testing.TestService",
	HandlerType: (*interface{})(nil),
	Methods: []grpc.MethodDesc{
		{MethodName: "EmptyCall", Handler: emptyCall},
		{MethodName: "UnaryCall", Handler: unaryCall},
	},
	Streams: []grpc.StreamDesc{
		{StreamName: "StreamingOutputCall", Handler: streamingOutputCall, ServerStreams: true},
		{StreamName: "StreamingInputCall", Handler: streamingInputCall, ClientStreams: true},
		{StreamName: "FullDuplexCall", Handler: fullDuplexCall, ServerStreams: true, ClientStreams: true},
		{StreamName: "HalfDuplexCall", Handler: halfDuplexCall, ServerStreams: true, ClientStreams: true},
	},
}

func emptyCall(
	_ interface{}, ctx context.Context, decode func(interface{}) error, _ grpc.UnaryServerInterceptor,
) (interface{}, error) {
	c := begin("EmptyCall", ctx)
	request := new(pb.Empty)
	if err := decode(request); err != nil {
		return nil, c.end(ctx, err)
	}
	c.requests, c.responses = 1, 1
	return request, c.end(ctx, nil)
}

func unaryCall(
	_ interface{}, ctx context.Context, decode func(interface{}) error, _ grpc.UnaryServerInterceptor,
) (interface{}, error) {
	c := begin("UnaryCall", ctx)
	request := new(pb.SimpleRequest)
	if err := decode(request); err != nil {
		return nil, c.end(ctx, err)
	}
	c.requests = 1
	if len(c.initial) > 0 {
		grpc.SendHeader(ctx, c.initial)
	}
	grpc.SetTrailer(ctx, c.trailing)
	if err := wanted(request.GetResponseStatus()); err != nil {
		return nil, c.end(ctx, err)
	}
	body, err := payload(request.GetResponseType(), request.GetResponseSize())
	if err != nil {
		return nil, c.end(ctx, err)
	}
	c.responses = 1
	return &pb.SimpleResponse{Payload: body}, c.end(ctx, nil)
}

func (c *call) echo(stream grpc.ServerStream) {
	if len(c.initial) > 0 {
		stream.SendHeader(c.initial)
	}
	stream.SetTrailer(c.trailing)
}

type outputServer struct{ grpc.ServerStream }

func (s outputServer) Send(response *pb.StreamingOutputCallResponse) error {
	return s.SendMsg(response)
}

func streamingOutputCall(_ interface{}, stream grpc.ServerStream) error {
	c := begin("StreamingOutputCall", stream.Context())
	c.echo(stream)
	request := new(pb.StreamingOutputCallRequest)
	if err := stream.RecvMsg(request); err != nil {
		return c.end(stream.Context(), err)
	}
	c.requests = 1
	return c.end(stream.Context(), c.answer(request, outputServer{stream}))
}

func streamingInputCall(_ interface{}, stream grpc.ServerStream) error {
	c := begin("StreamingInputCall", stream.Context())
	sum := 0
	for {
		request := new(pb.StreamingInputCallRequest)
		if err := stream.RecvMsg(request); err == io.EOF {
			c.responses = 1
			return c.end(stream.Context(), stream.SendMsg(
				&pb.StreamingInputCallResponse{AggregatedPayloadSize: int32(sum)}))
		} else if err != nil {
			return c.end(stream.Context(), err)
		}
		c.requests++
		sum += len(request.GetPayload().GetBody())
	}
}

func fullDuplexCall(_ interface{}, stream grpc.ServerStream) error {
	c := begin("FullDuplexCall", stream.Context())
	c.echo(stream)
	for {
		request := new(pb.StreamingOutputCallRequest)
		if err := stream.RecvMsg(request); err == io.EOF {
			return c.end(stream.Context(), nil)
		} else if err != nil {
			return c.end(stream.Context(), err)
		}
		c.requests++
		if err := c.answer(request, outputServer{stream}); err != nil {
			return c.end(stream.Context(), err)
		}
	}
}

func halfDuplexCall(_ interface{}, stream grpc.ServerStream) error {
	c := begin("HalfDuplexCall", stream.Context())
	var requests []*pb.StreamingOutputCallRequest
	for {
		request := new(pb.StreamingOutputCallRequest)
		if err := stream.RecvMsg(request); err == io.EOF {
			break
		} else if err != nil {
			return c.end(stream.Context(), err)
		}
		c.requests++
		requests = append(requests, request)
	}
	for _, request := range requests {
		if err := c.answer(request, outputServer{stream}); err != nil {
			return c.end(stream.Context(), err)
		}
	}
	return c.end(stream.Context(), nil)
}

// Tells of calls that nobody handles.
func unknown(_ interface{}, stream grpc.ServerStream) error {
	method, _ := grpc.MethodFromServerStream(stream)
	fmt.Printf("saw %s unimplemented\n", method)
	return status.Error(codes.Unimplemented, "")
}

func main() {
	port := flag.Int("port", 0, "")
	useTLS := flag.Bool("use_tls", false, "")
	certificate := flag.String("tls_cert", "", "")
	key := flag.String("tls_key", "", "")
	flag.Parse()
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", *port))
	if err != nil {
		log.Fatal(err)
	}
	options := []grpc.ServerOption{grpc.UnknownServiceHandler(unknown)}
	if *useTLS {
		identity, err := credentials.NewServerTLSFromFile(*certificate, *key)
		if err != nil {
			log.Fatal(err)
		}
		options = append(options, grpc.Creds(identity))
	}
	server := grpc.NewServer(options...)
	server.RegisterService(&methods, service{})
	fmt.Printf("listening %d\n", listener.Addr().(*net.TCPAddr).Port)
	log.Fatal(server.Serve(listener))
}
