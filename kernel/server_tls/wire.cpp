#include "wire.hpp"

#include <algorithm>
#include <memory>

namespace dockerhub::server_tls {
namespace {

Wire& wire_of(BIO* stream) {
  return *static_cast<Wire*>(BIO_get_data(stream));
}

int read_wire(BIO* stream, char* buffer, int size) {
  std::string_view& in = wire_of(stream).in;
  BIO_clear_retry_flags(stream);
  const std::size_t count = std::min(in.size(), static_cast<std::size_t>(std::max(size, 0)));
  if (count == 0) {
    BIO_set_retry_read(stream);
    return -1;
  }
  in.copy(buffer, count);
  in.remove_prefix(count);
  return static_cast<int>(count);
}

int write_wire(BIO* stream, const char* bytes, int size) {
  BIO_clear_retry_flags(stream);
  if (wire_of(stream).out == nullptr || size < 0) return -1;
  wire_of(stream).out->append(bytes, static_cast<std::size_t>(size));
  return size;
}

// Of all that a stream can be asked for only the flush has to succeed.
long control_wire(BIO* /*stream*/, int command, long /*number*/, void* /*more*/) {
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

struct FreeMethod {
  void operator()(BIO_METHOD* method) const { BIO_meth_free(method); }
};
using Method = std::unique_ptr<BIO_METHOD, FreeMethod>;

Method make_method() {
  Method method(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "dockerhub wire"));
  const bool done = method && BIO_meth_set_read(method.get(), read_wire) == 1 &&
                    BIO_meth_set_write(method.get(), write_wire) == 1 &&
                    BIO_meth_set_ctrl(method.get(), control_wire) == 1;
  return done ? std::move(method) : Method();
}

}  // namespace

BIO* make_stream(Wire& wire) {
  static const Method kMethod = make_method();
  BIO* stream = kMethod ? BIO_new(kMethod.get()) : nullptr;
  if (stream == nullptr) return nullptr;
  BIO_set_data(stream, &wire);
  BIO_set_init(stream, 1);
  return stream;
}

}  // namespace dockerhub::server_tls
