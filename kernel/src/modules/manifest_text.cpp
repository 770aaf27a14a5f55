#include "modules/manifest_text.hpp"

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <memory>

#include "dockerhub/abi.h"
#include "modules/manifest.hpp"
#include "modules/module_error.hpp"

namespace dockerhub {
namespace {

#if defined(__x86_64__)
constexpr GElf_Half kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr GElf_Half kMachine = EM_AARCH64;
#else
#error "add the ELF machine of this processor"
#endif

using ElfFile = std::unique_ptr<Elf, decltype(&elf_end)>;

Failure truncated() {
  return refuse_manifest("truncated or damaged ELF file", "Install the module again.");
}

// libelf takes a file whose section headers are cut off for one that has none.
bool sections_are_there(const GElf_Ehdr& header, std::uint64_t file_size) {
  const std::uint64_t table = std::uint64_t{header.e_shnum} * header.e_shentsize;
  return header.e_shoff <= file_size && table <= file_size - header.e_shoff;
}

Result<void> check_header(Elf* elf, std::uint64_t file_size) {
  GElf_Ehdr header = {};
  if (gelf_getehdr(elf, &header) == nullptr) return truncated();
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_machine != kMachine ||
      header.e_ident[EI_DATA] != ELFDATA2LSB) {
    return refuse_manifest("built for another machine", "Install the build for this processor.");
  }
  if (header.e_type != ET_DYN) {
    return refuse_manifest("not a shared library", "Link the module with -shared.");
  }
  if (!sections_are_there(header, file_size)) return truncated();
  return {};
}

// Where the text is in the file.
struct Section {
  std::uint64_t offset = 0;
  std::size_t size = 0;
};

Result<Section> section_in(const GElf_Shdr& header, std::uint64_t file_size) {
  if (header.sh_type == SHT_NOBITS || header.sh_offset > file_size ||
      header.sh_size > file_size - header.sh_offset) {
    return truncated();
  }
  if (header.sh_size > DH_MANIFEST_MAX) {
    return refuse_manifest("manifest too large: " + std::to_string(header.sh_size) +
                               " bytes, at most " + std::to_string(DH_MANIFEST_MAX) + " are read",
                           "Shorten its texts.");
  }
  return Section{header.sh_offset, static_cast<std::size_t>(header.sh_size)};
}

Result<Section> find_manifest(Elf* elf, std::uint64_t file_size) {
  if (elf == nullptr || elf_kind(elf) != ELF_K_ELF) {
    return refuse_manifest("not an ELF file", "Name a module: a shared library with a manifest.");
  }
  if (auto checked = check_header(elf, file_size); !checked) return Failure(checked.error());
  std::size_t names = 0;
  if (elf_getshdrstrndx(elf, &names) != 0) return truncated();
  for (Elf_Scn* section = elf_nextscn(elf, nullptr); section != nullptr;
       section = elf_nextscn(elf, section)) {
    GElf_Shdr header = {};
    if (gelf_getshdr(section, &header) == nullptr) return truncated();
    const char* name = elf_strptr(elf, names, header.sh_name);
    if (name == nullptr) return truncated();
    if (std::string_view(name) == DH_MANIFEST_SECTION) return section_in(header, file_size);
  }
  return refuse_manifest("no manifest: it has no section " DH_MANIFEST_SECTION,
                         "Is it a module? One in C states its manifest with DH_MANIFEST.");
}

void drop_padding(std::string& text) {
  text.erase(text.find_last_not_of('\0') + 1);
}

}  // namespace

Result<std::string> read_manifest_text(int descriptor) {
  struct stat status = {};
  if (::fstat(descriptor, &status) != 0) return truncated();
  elf_version(EV_CURRENT);
  // Not ELF_C_READ_MMAP: a file that is cut short meanwhile would kill the process.
  const ElfFile elf(elf_begin(descriptor, ELF_C_READ, nullptr), &elf_end);
  const Result<Section> section =
      find_manifest(elf.get(), static_cast<std::uint64_t>(status.st_size));
  if (!section) return Failure(section.error());
  std::string text(section->size, '\0');
  for (std::size_t size = 0; size < section->size;) {
    const ssize_t got = ::pread(descriptor, text.data() + size, section->size - size,
                                static_cast<off_t>(section->offset + size));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return truncated();
    size += static_cast<std::size_t>(got);
  }
  drop_padding(text);
  return text;
}

Result<std::string> read_manifest_text(std::string_view elf_file) {
  elf_version(EV_CURRENT);
  // libelf wants memory that it may write to.
  std::string bytes(elf_file);
  const ElfFile elf(elf_memory(bytes.data(), bytes.size()), &elf_end);
  const Result<Section> section = find_manifest(elf.get(), bytes.size());
  if (!section) return Failure(section.error());
  std::string text(elf_file.substr(section->offset, section->size));
  drop_padding(text);
  return text;
}

}  // namespace dockerhub
