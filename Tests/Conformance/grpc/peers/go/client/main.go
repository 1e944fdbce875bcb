// The cases of grpc.testing.TestService by Go gRPC. The flags and the lines it prints are those of
// interop-client.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/encoding/gzip"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	pb "interop/testing"
)

// Far more than a call takes on a busy machine.
const soakTimeout = 10 * time.Second

var (
	requestSizes  = []int{27182, 8, 1828, 45904}
	responseSizes = []int{31415, 9, 2653, 58979}

	port         = flag.Int("server_port", 0, "")
	unixPath     = flag.String("unix", "", "")
	useTLS       = flag.Bool("use_tls", false, "")
	authorities  = flag.String("ca_file", "", "")
	serverName   = flag.String("server_host_override", "", "")
	testCases    = flag.String("test_case", "large_unary", "")
	soakCount    = flag.Int("soak_iterations", 10, "")
	slowConsumer = flag.Int("slow_consumer_ms", 20, "")
)

type peer struct {
	channel *grpc.ClientConn
	service pb.TestServiceClient
}

func dial() (*peer, error) {
	target := fmt.Sprintf("127.0.0.1:%d", *port)
	if *unixPath != "" {
		target = "unix:" + *unixPath
	}
	option := grpc.WithInsecure()
	if *useTLS {
		trusted, err := credentials.NewClientTLSFromFile(*authorities, *serverName)
		if err != nil {
			return nil, err
		}
		option = grpc.WithTransportCredentials(trusted)
	}
	channel, err := grpc.Dial(target, option)
	if err != nil {
		return nil, err
	}
	return &peer{channel, pb.NewTestServiceClient(channel)}, nil
}

func expect(code codes.Code, err error) error {
	if status.Code(err) == code {
		return nil
	}
	return fmt.Errorf("%v in place of %v", err, code)
}

func zeros(size int) *pb.Payload { return &pb.Payload{Body: make([]byte, size)} }

func outputRequest(body int, sizes ...int) *pb.StreamingOutputCallRequest {
	request := &pb.StreamingOutputCallRequest{}
	for _, size := range sizes {
		request.ResponseParameters = append(
			request.ResponseParameters, &pb.ResponseParameters{Size: int32(size)})
	}
	if body > 0 {
		request.Payload = zeros(body)
	}
	return request
}

func emptyUnary(ctx context.Context, p *peer) error {
	_, err := p.service.EmptyCall(ctx, &pb.Empty{})
	return err
}

func largeCall(ctx context.Context, p *peer, options ...grpc.CallOption) error {
	response, err := p.service.UnaryCall(
		ctx, &pb.SimpleRequest{ResponseSize: 314159, Payload: zeros(271828)}, options...)
	if err != nil {
		return err
	}
	if !bytes.Equal(response.GetPayload().GetBody(), make([]byte, 314159)) {
		return fmt.Errorf("the answer is not 314159 bytes of zero")
	}
	return nil
}

func largeUnary(ctx context.Context, p *peer) error { return largeCall(ctx, p) }

func compressedLargeUnary(ctx context.Context, p *peer) error {
	return largeCall(ctx, p, grpc.UseCompressor(gzip.Name))
}

func clientStreaming(ctx context.Context, p *peer) error {
	stream, err := p.service.StreamingInputCall(ctx)
	if err != nil {
		return err
	}
	for _, size := range requestSizes {
		if err := stream.Send(&pb.StreamingInputCallRequest{Payload: zeros(size)}); err != nil {
			return err
		}
	}
	response, err := stream.CloseAndRecv()
	if err == nil && response.AggregatedPayloadSize != 74922 {
		return fmt.Errorf("the sum is %d", response.AggregatedPayloadSize)
	}
	return err
}

type responses interface {
	Recv() (*pb.StreamingOutputCallResponse, error)
}

// Reads answers of these sizes and then the end.
func readSizes(stream responses, sizes ...int) error {
	for _, size := range sizes {
		response, err := stream.Recv()
		if err != nil {
			return err
		}
		if len(response.GetPayload().GetBody()) != size {
			return fmt.Errorf("%d bytes in place of %d", len(response.GetPayload().GetBody()), size)
		}
	}
	if _, err := stream.Recv(); err != io.EOF {
		return fmt.Errorf("%v in place of the end", err)
	}
	return nil
}

func serverStreaming(ctx context.Context, p *peer) error {
	stream, err := p.service.StreamingOutputCall(ctx, outputRequest(0, responseSizes...))
	if err != nil {
		return err
	}
	return readSizes(stream, responseSizes...)
}

func pingPong(ctx context.Context, p *peer) error {
	stream, err := p.service.FullDuplexCall(ctx)
	if err != nil {
		return err
	}
	for i, size := range requestSizes {
		if err := stream.Send(outputRequest(size, responseSizes[i])); err != nil {
			return err
		}
		response, err := stream.Recv()
		if err != nil {
			return err
		}
		if len(response.GetPayload().GetBody()) != responseSizes[i] {
			return fmt.Errorf("an answer of another size")
		}
	}
	if err := stream.CloseSend(); err != nil {
		return err
	}
	return readSizes(stream)
}

func emptyStream(ctx context.Context, p *peer) error {
	stream, err := p.service.FullDuplexCall(ctx)
	if err != nil {
		return err
	}
	if err := stream.CloseSend(); err != nil {
		return err
	}
	return readSizes(stream)
}

func halfDuplex(ctx context.Context, p *peer) error {
	stream, err := p.service.HalfDuplexCall(ctx)
	if err != nil {
		return err
	}
	for _, size := range responseSizes {
		if err := stream.Send(outputRequest(0, size)); err != nil {
			return err
		}
	}
	if err := stream.CloseSend(); err != nil {
		return err
	}
	return readSizes(stream, responseSizes...)
}

func customMetadata(ctx context.Context, p *peer) error {
	const text, binary = "test_initial_metadata_value", "\xab\xab\xab"
	ctx = metadata.AppendToOutgoingContext(
		ctx, "x-grpc-test-echo-initial", text, "x-grpc-test-echo-trailing-bin", binary)
	check := func(header, trailer metadata.MD) error {
		initial := header["x-grpc-test-echo-initial"]
		trailing := trailer["x-grpc-test-echo-trailing-bin"]
		if len(initial) != 1 || initial[0] != text || len(trailing) != 1 || trailing[0] != binary {
			return fmt.Errorf("headers %v, trailers %v", header, trailer)
		}
		return nil
	}
	var header, trailer metadata.MD
	if err := largeCall(ctx, p, grpc.Header(&header), grpc.Trailer(&trailer)); err != nil {
		return err
	}
	if err := check(header, trailer); err != nil {
		return err
	}
	stream, err := p.service.FullDuplexCall(ctx)
	if err != nil {
		return err
	}
	if err := stream.Send(outputRequest(0, 314159)); err != nil {
		return err
	}
	header, err = stream.Header()
	if err != nil {
		return err
	}
	if err := stream.CloseSend(); err != nil {
		return err
	}
	if err := readSizes(stream, 314159); err != nil {
		return err
	}
	return check(header, stream.Trailer())
}

func checkStatus(err error, words string) error {
	if wrong := expect(codes.Unknown, err); wrong != nil {
		return wrong
	}
	if message := status.Convert(err).Message(); message != words {
		return fmt.Errorf("the message is %q", message)
	}
	return nil
}

func statusOfUnary(ctx context.Context, p *peer, words string) error {
	_, err := p.service.UnaryCall(
		ctx, &pb.SimpleRequest{ResponseStatus: &pb.EchoStatus{Code: 2, Message: words}})
	return checkStatus(err, words)
}

func statusCodeAndMessage(ctx context.Context, p *peer) error {
	const words = "test status message"
	if err := statusOfUnary(ctx, p, words); err != nil {
		return err
	}
	stream, err := p.service.FullDuplexCall(ctx)
	if err != nil {
		return err
	}
	request := &pb.StreamingOutputCallRequest{
		ResponseStatus: &pb.EchoStatus{Code: 2, Message: words}}
	if err := stream.Send(request); err != nil {
		return err
	}
	if err := stream.CloseSend(); err != nil {
		return err
	}
	_, err = stream.Recv()
	return checkStatus(err, words)
}

func specialStatusMessage(ctx context.Context, p *peer) error {
	return statusOfUnary(
		ctx, p, "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001f608\t\n")
}

func unimplementedMethod(ctx context.Context, p *peer) error {
	_, err := p.service.UnimplementedCall(ctx, &pb.Empty{})
	return expect(codes.Unimplemented, err)
}

func unimplementedService(ctx context.Context, p *peer) error {
	_, err := pb.NewUnimplementedServiceClient(p.channel).UnimplementedCall(ctx, &pb.Empty{})
	return expect(codes.Unimplemented, err)
}

func cancelAfterBegin(ctx context.Context, p *peer) error {
	cancellable, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := p.service.StreamingInputCall(cancellable)
	if err != nil {
		return err
	}
	// What comes later on the same connection is answered, so the server has seen the call.
	if err := emptyUnary(ctx, p); err != nil {
		return err
	}
	cancel()
	_, err = stream.CloseAndRecv()
	return expect(codes.Canceled, err)
}

func cancelAfterFirstResponse(ctx context.Context, p *peer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := p.service.FullDuplexCall(ctx)
	if err != nil {
		return err
	}
	if err := stream.Send(outputRequest(27182, 31415)); err != nil {
		return err
	}
	if _, err := stream.Recv(); err != nil {
		return err
	}
	cancel()
	_, err = stream.Recv()
	return expect(codes.Canceled, err)
}

func timeoutOnSleepingServer(ctx context.Context, p *peer) error {
	// The first may expire before it leaves; the second the server has certainly seen.
	for _, timeout := range []time.Duration{time.Millisecond, 500 * time.Millisecond} {
		limited, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		stream, err := p.service.FullDuplexCall(limited)
		if err == nil {
			// The deadline may come first; receiving tells.
			stream.Send(outputRequest(27182))
			_, err = stream.Recv()
		}
		if err := expect(codes.DeadlineExceeded, err); err != nil {
			return err
		}
	}
	return nil
}

func slowly(ctx context.Context, p *peer) error {
	sizes := make([]int, 2000)
	for i := range sizes {
		sizes[i] = 1030
	}
	stream, err := p.service.StreamingOutputCall(ctx, outputRequest(0, sizes...))
	if err != nil {
		return err
	}
	return readSizes(slow{stream}, sizes...)
}

type slow struct{ responses }

func (s slow) Recv() (*pb.StreamingOutputCallResponse, error) {
	time.Sleep(time.Duration(*slowConsumer) * time.Millisecond)
	return s.responses.Recv()
}

func concurrentLargeUnary(ctx context.Context, p *peer) error {
	failures := make([]error, 50)
	var group sync.WaitGroup
	for i := range failures {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			failures[i] = largeCall(ctx, p)
		}(i)
	}
	group.Wait()
	for _, err := range failures {
		if err != nil {
			return err
		}
	}
	return nil
}

func soak(ctx context.Context, p *peer) error {
	ctx, cancel := context.WithTimeout(ctx, soakTimeout)
	defer cancel()
	return largeCall(ctx, p)
}

func rpcSoak(ctx context.Context, p *peer) error {
	for i := 0; i < *soakCount; i++ {
		if err := soak(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func channelSoak(ctx context.Context, _ *peer) error {
	for i := 0; i < *soakCount; i++ {
		other, err := dial()
		if err != nil {
			return err
		}
		err = soak(ctx, other)
		other.channel.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

var cases = map[string]func(context.Context, *peer) error{
	"empty_unary":                 emptyUnary,
	"large_unary":                 largeUnary,
	"compressed_large_unary":      compressedLargeUnary,
	"client_streaming":            clientStreaming,
	"server_streaming":            serverStreaming,
	"ping_pong":                   pingPong,
	"empty_stream":                emptyStream,
	"half_duplex":                 halfDuplex,
	"custom_metadata":             customMetadata,
	"status_code_and_message":     statusCodeAndMessage,
	"special_status_message":      specialStatusMessage,
	"unimplemented_method":        unimplementedMethod,
	"unimplemented_service":       unimplementedService,
	"cancel_after_begin":          cancelAfterBegin,
	"cancel_after_first_response": cancelAfterFirstResponse,
	"timeout_on_sleeping_server":  timeoutOnSleepingServer,
	"slow_consumer":               slowly,
	"concurrent_large_unary":      concurrentLargeUnary,
	"rpc_soak":                    rpcSoak,
	"channel_soak":                channelSoak,
}

func run(name string) error {
	found := cases[name]
	if found == nil {
		return fmt.Errorf("there is no such case")
	}
	p, err := dial()
	if err != nil {
		return err
	}
	defer p.channel.Close()
	return found(context.Background(), p)
}

func main() {
	flag.Parse()
	failures := 0
	for _, name := range strings.Split(*testCases, ",") {
		if err := run(name); err != nil {
			fmt.Printf("failed %s: %v\n", name, err)
			failures++
		} else {
			fmt.Printf("ok %s\n", name)
		}
	}
	if failures > 0 {
		os.Exit(1)
	}
}
