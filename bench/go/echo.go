// The peer of the benchmark: a gRPC Go server on Debian's golang-google-grpc-dev, as its manual
// says to write one.
//
// usage: echo PORT [CERTIFICATE KEY]
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"os"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"

	pb "bench/echo"
)

type echoServer struct{}

func (echoServer) Echo(_ context.Context, request *pb.EchoRequest) (*pb.EchoResponse, error) {
	return &pb.EchoResponse{Payload: request.Payload}, nil
}

func (echoServer) Repeat(request *pb.RepeatRequest, stream pb.EchoService_RepeatServer) error {
	response := &pb.EchoResponse{Payload: request.Payload}
	for i := uint32(0); i < request.Count; i++ {
		if err := stream.Send(response); err != nil {
			return err
		}
	}
	return nil
}

func (echoServer) Collect(stream pb.EchoService_CollectServer) error {
	response := &pb.CollectResponse{}
	for {
		request, err := stream.Recv()
		if err == io.EOF {
			return stream.SendAndClose(response)
		}
		if err != nil {
			return err
		}
		response.Bytes += uint64(len(request.Payload))
	}
}

func (echoServer) Converse(stream pb.EchoService_ConverseServer) error {
	for {
		request, err := stream.Recv()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := stream.Send(&pb.EchoResponse{Payload: request.Payload}); err != nil {
			return err
		}
	}
}

func main() {
	if len(os.Args) != 2 && len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: echo PORT [CERTIFICATE KEY]")
		os.Exit(2)
	}
	var options []grpc.ServerOption
	if len(os.Args) == 4 {
		identity, err := credentials.NewServerTLSFromFile(os.Args[2], os.Args[3])
		if err != nil {
			log.Fatal(err)
		}
		options = append(options, grpc.Creds(identity))
	}
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	server := grpc.NewServer(options...)
	pb.RegisterEchoServiceServer(server, echoServer{})
	fmt.Println("ready")
	log.Fatal(server.Serve(listener))
}
